import { type ActivityOptions, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { GatheredContext } from '../activities/gather-context.ts';
import type { Activities } from '../activities/index.ts';
import type { ContextReference } from '../activities/prompt-contexts.ts';
import type { RecordedTurn } from '../activities/record-question.ts';
import type { MessageId, TurnId } from '../src/domain/ids.ts';
import type { Answer } from '../src/domain/message.ts';
import type { Source } from '../src/domain/source.ts';
import type { AskResult, Turn } from '../src/domain/turn.ts';
import { fromFailure, isTransient } from '../src/failures.ts';
import type { SessionInput, TurnRequest } from './contract.ts';
import { DURABLE_ANSWER, DURABLE_CONTEXT, DURABLE_STEP, modelCall, QUICK_STEP } from './policies.ts';

export type SessionSteps = ReturnType<typeof sessionSteps>;

/** The steps of a session's turns: which activity runs how. Each one is told by `show` before it begins. */
export function sessionSteps({ tenant, sessionId, create, settings }: SessionInput, show: (step: string) => void) {
  let draft = create;
  const createSession = durably((activities) => activities.createSession, 'Store the session');
  const recordQuestion = durably((activities) => activities.recordQuestion, 'Record the question');
  const gatherContext = durably((activities) => activities.gatherContext, 'Gather the context', DURABLE_CONTEXT);
  const recordAnswer = durably((activities) => activities.recordAnswer, 'Record the answer', DURABLE_ANSWER);
  const recordFailure = durably((activities) => activities.recordFailure, 'Record the failure');

  return {
    isOpen: () => draft === null,

    async open(): Promise<void> {
      if (draft === null) return;
      await createSession(draft);
      draft = null;
    },

    async recordQuestion({ turnId, question, provider }: TurnRequest): Promise<RecordedTurn> {
      show('recording the question');
      const recorded = await recordQuestion({ tenant, sessionId, create: draft, turnId, question, provider });
      draft = null;
      return recorded;
    },

    gatherContext(messageId: MessageId): Promise<GatheredContext> {
      show('gathering the context');
      return gatherContext({ tenant, sessionId, messageId });
    },

    async generateAnswer(
      { turnId, listening }: TurnRequest,
      { messageId, providers }: RecordedTurn,
      gathered: GatheredContext,
    ): Promise<Answer> {
      const deadline = Date.now() + settings.model.budgetMs;
      const context = referenceTo(gathered);
      for (const [index, provider] of providers.entries()) {
        const fallbackLeft = index < providers.length - 1;
        show(`asking ${provider}`);
        const { generateAnswer } = proxyActivities<Activities>(
          modelCall(settings.model, { remainingMs: deadline - Date.now(), fallbackLeft, summary: `Ask ${provider}` }),
        );
        try {
          const heard = listening && { listening };
          return await generateAnswer({ tenant, sessionId, turnId, messageId, provider, context, ...heard });
        } catch (error) {
          if (!fallbackLeft || !providerIsDown(error)) throw error;
        }
      }
      throw new RangeError('a turn needs at least one provider');
    },

    async recordAnswer(turnId: TurnId, messageId: MessageId, answer: Answer, sources: Source[]): Promise<AskResult> {
      show('recording the answer');
      const recorded = await recordAnswer({ tenant, sessionId, turnId, messageId, answer, sources });
      if (recorded.stored === 'earlier') return { sessionId, message: recorded.message };
      const { id, position, createdAt } = recorded;
      return { sessionId, message: { ...answer, id, position, createdAt, role: 'assistant', sessionId, sources } };
    },

    recordFailure({ completedAt: _, ...turn }: Turn): Promise<void> {
      return recordFailure({ tenant, turn });
    },
  };
}

/** Tries a step inside the workflow task, where it costs milliseconds; while its dependency is away it goes on as a durable activity. */
function durably<I, O>(
  step: (activities: Activities) => (input: I) => Promise<O>,
  summary: string,
  whenAway: ActivityOptions = DURABLE_STEP,
): (input: I) => Promise<O> {
  const now = step(proxyLocalActivities<Activities>({ ...QUICK_STEP, summary }));
  const later = step(proxyActivities<Activities>({ ...whenAway, summary }));
  return async (input) => {
    try {
      return await now(input);
    } catch (error) {
      if (!isTransient(error)) throw error;
      return later(input);
    }
  };
}

function referenceTo(gathered: GatheredContext): ContextReference {
  if (gathered.kind === 'transcript') return { kind: 'transcript', transcriptionId: gathered.transcriptionId };
  return { kind: 'passages', chunkIds: gathered.sources.map((source) => source.chunkId) };
}

/** Only a provider that may answer later is worth replacing: a question that it refused would be refused again. */
function providerIsDown(error: unknown): boolean {
  const { kind, details } = fromFailure(error);
  return kind === 'provider_error' && details?.retryable === true;
}
