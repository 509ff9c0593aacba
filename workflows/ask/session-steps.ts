import { CancellationScope, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { GeneratedAnswer } from '../../activities/ask/generate-answer.ts';
import type { AnswerReceipt } from '../../activities/ask/record-answer.ts';
import type { RecordedQuestion } from '../../activities/ask/record-question.ts';
import type { Activities } from '../../activities/index.ts';
import { describeRetrieval } from '../../src/domain/answering/context/describe-retrieval.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import type { RunResult, Turn } from '../../src/domain/ask/turn.ts';
import { fallbackHelps } from '../../src/domain/shared/provider-failures.ts';
import type { SessionInput, TurnRequest } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { DURABLE_ANSWER, DURABLE_CONTEXT, modelCall } from '../policies.ts';
import { localFirst } from './local-first.ts';
import type { SessionTurns } from './session-turns.ts';

export type SessionSteps = ReturnType<typeof sessionSteps>;

/** A question that is stored, and the context that is gathered meanwhile. */
export interface QuestionAndContext extends RecordedQuestion {
  waitForContext(): Promise<ContextReference>;
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
    recordQuestion(request: TurnRequest, scope: CancellationScope): Promise<QuestionAndContext> {
      // Over a recording only the database is asked before the model, so that its two steps are taken as one.
      return scopeType === 'recording' ? inOneStep(request) : inTwoSteps(request, scope);
    },

    gatherContext: (question: QuestionAndContext): Promise<ContextReference> => question.waitForContext(),

    gatherAgain: (request: TurnRequest): Promise<ContextReference> => gather(request),

    async askModel(
      { turnId, subscribers }: TurnRequest,
      { messageId, providers }: QuestionAndContext,
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
          const input = { tenant, sessionId, turnId, messageId, provider, context };
          return await generateAnswer({
            ...input,
            ...(index > 0 && { isFallback: true }),
            ...(subscribers && { subscribers }),
          });
        } catch (error) {
          if (!fallbackLeft || !providerIsDown(error)) throw error;
        }
      }
      throw new RangeError('a turn needs at least one provider');
    },

    /** The stored answer. It is stored here if the database was away when the model gave it. */
    async recordAnswer(
      { turnId, question }: TurnRequest,
      { messageId }: QuestionAndContext,
      { receipt: early, ...answer }: GeneratedAnswer,
      context: ContextReference,
    ): Promise<RunResult> {
      const receipt = early ?? (await recordNow());
      if (receipt.kind === 'earlier') return { sessionId, turnId, message: receipt.message };
      const { kind: _, ...place } = receipt;
      // What the answer quotes stands in the database alone, and so do the sources over a library, because they are large.
      const isWhole = context.kind === 'transcript' && answer.parts.every(({ type }) => type === 'text');
      const basis = isWhole
        ? {
            sources: [],
            retrieval: describeRetrieval(context, { filters: question.filters, queries: [], understood: [] }),
          }
        : { sources: null, retrieval: null };
      return { sessionId, turnId, message: { ...answer, ...place, role: 'assistant', sessionId, ...basis } };

      function recordNow(): Promise<AnswerReceipt> {
        show('recording the answer');
        return recordAnswer({ tenant, sessionId, turnId, messageId, answer, context });
      }
    },

    recordFailure({ completedAt: _, ...turn }: Turn): Promise<RunResult['message'] | null> {
      return recordFailure({ tenant, turn });
    },
  };

  async function inOneStep(request: TurnRequest): Promise<QuestionAndContext> {
    const { turnId, question, provider } = request;
    turns.retrieving(turnId);
    show('recording the question and gathering the context');
    const input = { tenant, sessionId, create: turns.unstored, turnId, question, provider };
    const { context, ...beginning } = await CancellationScope.nonCancellable(() => beginTurn(input));
    turns.stored();
    return { ...beginning, waitForContext: async () => context ?? gather(request) };
  }

  async function inTwoSteps(request: TurnRequest, scope: CancellationScope): Promise<QuestionAndContext> {
    const recording = CancellationScope.nonCancellable(() => record(request));
    const gathering = scope.run(() => gather(request));
    const [result] = await Promise.allSettled([recording, gathering]);
    if (result.status === 'rejected') throw result.reason;
    return { ...result.value, waitForContext: () => gathering };
  }

  async function record({ turnId, question, provider }: TurnRequest): Promise<RecordedQuestion> {
    show('recording the question');
    const result = await recordQuestion({ tenant, sessionId, create: turns.unstored, turnId, question, provider });
    turns.stored();
    return result;
  }

  async function gather({ turnId, question, provider }: TurnRequest): Promise<ContextReference> {
    turns.retrieving(turnId);
    show('gathering the context');
    return gatherContext({ tenant, sessionId, create: turns.unstored, question, provider });
  }
}

/** Whether the next provider may answer. A question that one refused would be refused again. */
function providerIsDown(error: unknown): boolean {
  const { kind, details } = fromFailure(error);
  return kind === 'provider_error' && (details?.retryable === true || fallbackHelps(details?.reason));
}
