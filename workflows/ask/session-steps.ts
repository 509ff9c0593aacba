import { type ActivityOptions, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { BegunTurn } from '../../activities/ask/begin-turn.ts';
import type { GatheredContext } from '../../activities/ask/gather-context.ts';
import type { GeneratedAnswer } from '../../activities/ask/generate-answer.ts';
import type { RecordedAnswer } from '../../activities/ask/record-answer.ts';
import type { RecordedTurn } from '../../activities/ask/record-question.ts';
import type { Activities } from '../../activities/index.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import type { RunResult, Turn } from '../../src/domain/ask/turn.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { fallbackHelps } from '../../src/domain/shared/provider-failures.ts';
import type { SessionInput, TurnRequest } from '../contract.ts';
import { fromFailure, isTransient } from '../failures.ts';
import { DURABLE_ANSWER, DURABLE_CONTEXT, DURABLE_STEP, modelCall, QUICK_STEP } from '../policies.ts';

export type SessionSteps = ReturnType<typeof sessionSteps>;

/** The steps of a session's turns: which activity runs how. Each one is told by `show` before it begins. */
export function sessionSteps(
  { tenant, sessionId, create, scopeType, settings }: SessionInput,
  lean: boolean,
  show: (step: string) => void,
) {
  let draft = create;
  const createSession = durably((activities) => activities.createSession, 'Store the session');
  const beginTurn = durably((activities) => activities.beginTurn, 'Record the question and gather the context');
  const recordQuestion = durably((activities) => activities.recordQuestion, 'Record the question');
  const gatherContext = durably((activities) => activities.gatherContext, 'Gather the context', DURABLE_CONTEXT);
  const recordAnswer = durably((activities) => activities.recordAnswer, 'Record the answer', DURABLE_ANSWER);
  const recordFailure = durably((activities) => activities.recordFailure, 'Record the failure');

  return {
    isOpen: () => draft === null,
    /** Over a recording only the database is asked before the model: its two steps are taken as one. */
    beginInOne: lean && scopeType === 'recording',
    gatherWhileRecording: lean,

    async open(): Promise<void> {
      if (draft === null) return;
      await createSession(draft);
      draft = null;
    },

    async beginTurn({ turnId, question, provider }: TurnRequest): Promise<BegunTurn> {
      show('recording the question and gathering the context');
      const begun = await beginTurn({ tenant, sessionId, create: draft, turnId, question, provider });
      draft = null;
      return begun;
    },

    async recordQuestion({ turnId, question, provider }: TurnRequest): Promise<RecordedTurn> {
      show('recording the question');
      const recorded = await recordQuestion({ tenant, sessionId, create: draft, turnId, question, provider });
      draft = null;
      return recorded;
    },

    async gatherContext({ question }: TurnRequest): Promise<ContextReference> {
      show('gathering the context');
      return referenceTo(await gatherContext({ tenant, sessionId, create: draft, question: question.content }));
    },

    async generateAnswer(
      { turnId, listening }: TurnRequest,
      { messageId, providers }: RecordedTurn,
      context: ContextReference,
    ): Promise<GeneratedAnswer> {
      const deadline = Date.now() + settings.model.budgetMs;
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

    /** The answer as it stands; stored here where the database was away when the model gave it. */
    async recordAnswer(
      { messageId }: RecordedTurn,
      { recorded: stored, ...answer }: GeneratedAnswer,
      context: ContextReference,
    ): Promise<RunResult> {
      const recorded = stored ?? (await recordNow());
      if (recorded.stored === 'earlier') return { sessionId, message: recorded.message };
      const { stored: _, ...place } = recorded;
      const sources = context.kind === 'transcript' ? [] : null;
      return { sessionId, message: { ...answer, ...place, role: 'assistant', sessionId, sources } };

      function recordNow(): Promise<RecordedAnswer> {
        show('recording the answer');
        return recordAnswer({ tenant, sessionId, messageId, answer, context });
      }
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

/** A run from before texts stayed out of histories has gathered whole sources. */
type Gathered = GatheredContext | { kind: 'passages'; sources: Source[] };

export function referenceTo(gathered: Gathered): ContextReference {
  if (gathered.kind === 'transcript') return { kind: 'transcript', transcriptionId: gathered.transcriptionId };
  if ('sources' in gathered) {
    const { sources } = gathered;
    return { kind: 'passages', chunkIds: sources.map((s) => s.chunkId), scores: sources.map((s) => s.score) };
  }
  return { kind: 'passages', chunkIds: gathered.chunkIds, scores: gathered.scores };
}

/** Whether the next provider may answer. A question that one refused would be refused again. */
function providerIsDown(error: unknown): boolean {
  const { kind, details } = fromFailure(error);
  return kind === 'provider_error' && (details?.retryable === true || fallbackHelps(details?.reason));
}
