import { CancellationScope, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { GeneratedAnswer } from '../../activities/ask/generate-answer.ts';
import type { RecordedAnswer } from '../../activities/ask/record-answer.ts';
import type { RecordedTurn } from '../../activities/ask/record-question.ts';
import type { Activities } from '../../activities/index.ts';
import { describeRetrieval } from '../../src/domain/answering/context/describe-retrieval.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import type { RunResult, Turn } from '../../src/domain/ask/turn.ts';
import type { SessionInput, TurnRequest } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { DURABLE_ANSWER, DURABLE_CONTEXT, modelCall } from '../policies.ts';
import { localFirst } from './local-first.ts';
import type { SessionTurns } from './session-turns.ts';

export type SessionSteps = ReturnType<typeof sessionSteps>;

/** A question that stands in the database, and the context that was gathered meanwhile. */
export interface RecordedQuestion extends RecordedTurn {
  gathered(): Promise<ContextReference>;
}

/** The steps of a session's turns, and how each one is made quick: which activity runs how, and what runs at once. */
export function sessionSteps({ tenant, sessionId, scopeType, settings }: SessionInput, turns: SessionTurns) {
  const createSession = localFirst((activities) => activities.createSession, 'Store the session');
  const beginTurn = localFirst((activities) => activities.beginTurn, 'Record the question and gather the context');
  const recordQuestion = localFirst((activities) => activities.recordQuestion, 'Record the question');
  const gatherContext = localFirst((activities) => activities.gatherContext, 'Gather the context', DURABLE_CONTEXT);
  const recordAnswer = localFirst((activities) => activities.recordAnswer, 'Record the answer', DURABLE_ANSWER);
  const recordFailure = localFirst((activities) => activities.recordFailure, 'Record the failure');
  const show = (step: string) => setCurrentDetails(turns.describe(step));

  return {
    async open(): Promise<void> {
      if (turns.unstored === null) return;
      await createSession(turns.unstored);
      turns.stored();
    },

    /** Records the question, whatever is cancelled, and gathers the context meanwhile within `scope`. */
    recordQuestion(request: TurnRequest, scope: CancellationScope): Promise<RecordedQuestion> {
      // Over a recording only the database is asked before the model, so that its two steps are taken as one.
      return scopeType === 'recording' ? inOneStep(request) : inTwoSteps(request, scope);
    },

    gatherContext: (question: RecordedQuestion): Promise<ContextReference> => question.gathered(),

    async askModel(
      { turnId, listening }: TurnRequest,
      { messageId, providers }: RecordedQuestion,
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
      { turnId, question }: TurnRequest,
      { messageId }: RecordedQuestion,
      { recorded: stored, ...answer }: GeneratedAnswer,
      context: ContextReference,
    ): Promise<RunResult> {
      const recorded = stored ?? (await recordNow());
      if (recorded.stored === 'earlier') return { sessionId, turnId, message: recorded.message };
      const { stored: _, ...place } = recorded;
      // Over a library they stand in the database alone, because they are large.
      const basis =
        context.kind === 'transcript'
          ? { sources: [], retrieval: describeRetrieval(context, question.filters, []) }
          : { sources: null, retrieval: null };
      return { sessionId, turnId, message: { ...answer, ...place, role: 'assistant', sessionId, ...basis } };

      function recordNow(): Promise<RecordedAnswer> {
        show('recording the answer');
        return recordAnswer({ tenant, sessionId, messageId, answer, context });
      }
    },

    recordFailure({ completedAt: _, ...turn }: Turn): Promise<void> {
      return recordFailure({ tenant, turn });
    },
  };

  async function inOneStep(request: TurnRequest): Promise<RecordedQuestion> {
    const { turnId, question, provider } = request;
    turns.retrieving(turnId);
    show('recording the question and gathering the context');
    const input = { tenant, sessionId, create: turns.unstored, turnId, question, provider };
    const { context, ...recorded } = await CancellationScope.nonCancellable(() => beginTurn(input));
    turns.stored();
    return { ...recorded, gathered: async () => context ?? gather(request) };
  }

  async function inTwoSteps(request: TurnRequest, scope: CancellationScope): Promise<RecordedQuestion> {
    const recording = CancellationScope.nonCancellable(() => record(request));
    const gathering = scope.run(() => gather(request));
    const [recorded] = await Promise.allSettled([recording, gathering]);
    if (recorded.status === 'rejected') throw recorded.reason;
    return { ...recorded.value, gathered: () => gathering };
  }

  async function record({ turnId, question, provider }: TurnRequest): Promise<RecordedTurn> {
    show('recording the question');
    const recorded = await recordQuestion({ tenant, sessionId, create: turns.unstored, turnId, question, provider });
    turns.stored();
    return recorded;
  }

  async function gather({ turnId, question, provider }: TurnRequest): Promise<ContextReference> {
    turns.retrieving(turnId);
    show('gathering the context');
    return gatherContext({ tenant, sessionId, create: turns.unstored, question, provider });
  }
}

/** Only a provider that may answer later is worth replacing: a question that it refused would be refused again. */
function providerIsDown(error: unknown): boolean {
  const { kind, details } = fromFailure(error);
  return kind === 'provider_error' && details?.retryable === true;
}
