import { proxyActivities, proxyLocalActivities, setCurrentDetails } from '@temporalio/workflow';
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
import { DURABLE_ANSWER, DURABLE_STEP, modelCall, QUICK_STEP } from './policies.ts';

export type SessionSteps = ReturnType<typeof sessionSteps>;

const quick = proxyLocalActivities<Activities>(QUICK_STEP);
const durable = proxyActivities<Activities>(DURABLE_STEP);
const persistent = proxyActivities<Activities>(DURABLE_ANSWER);

/** The steps of a session's turns: which activity runs how. */
export function sessionSteps({ tenant, sessionId, create, settings }: SessionInput) {
  let draft = create;

  return {
    isOpen: () => draft === null,

    async open(): Promise<void> {
      if (draft === null) return;
      await durably(quick.createSession, durable.createSession)(draft);
      draft = null;
    },

    async recordQuestion({ turnId, question, provider }: TurnRequest): Promise<RecordedTurn> {
      const input = { tenant, sessionId, create: draft, turnId, question, provider };
      const recorded = await durably(quick.recordQuestion, durable.recordQuestion)(input);
      draft = null;
      return recorded;
    },

    gatherContext(messageId: MessageId): Promise<GatheredContext> {
      return durably(quick.gatherContext, durable.gatherContext)({ tenant, sessionId, messageId });
    },

    async generateAnswer({ messageId, providers }: RecordedTurn, gathered: GatheredContext): Promise<Answer> {
      const deadline = Date.now() + settings.model.budgetMs;
      const context = referenceTo(gathered);
      for (const [index, provider] of providers.entries()) {
        const fallbackLeft = index < providers.length - 1;
        setCurrentDetails(`Asking ${provider}`);
        const { generateAnswer } = proxyActivities<Activities>(
          modelCall(settings.model, { remainingMs: deadline - Date.now(), fallbackLeft, summary: `Ask ${provider}` }),
        );
        try {
          return await generateAnswer({ tenant, sessionId, messageId, provider, context });
        } catch (error) {
          if (!fallbackLeft || !providerIsDown(error)) throw error;
        }
      }
      throw new RangeError('a turn needs at least one provider');
    },

    async recordAnswer(turnId: TurnId, messageId: MessageId, answer: Answer, sources: Source[]): Promise<AskResult> {
      const input = { tenant, sessionId, turnId, messageId, answer, sources };
      const recorded = await durably(quick.recordAnswer, persistent.recordAnswer)(input);
      if (recorded.stored === 'earlier') return { sessionId, message: recorded.message };
      const { id, position, createdAt } = recorded;
      return { sessionId, message: { ...answer, id, position, createdAt, role: 'assistant', sessionId, sources } };
    },

    recordFailure({ completedAt: _, ...turn }: Turn): Promise<void> {
      return durably(quick.recordFailure, durable.recordFailure)({ tenant, turn });
    },
  };
}

/** Tries a step inside the workflow task, where it costs milliseconds; while its dependency is away it goes on as a durable activity. */
function durably<I, O>(now: (input: I) => Promise<O>, later: (input: I) => Promise<O>): (input: I) => Promise<O> {
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
