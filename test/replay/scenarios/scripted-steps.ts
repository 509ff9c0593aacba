import type { AnswerReceipt } from '../../../activities/ask/record-answer.ts';
import type { RecordedQuestion } from '../../../activities/ask/record-question.ts';
import type { ContextReference } from '../../../src/domain/answering/context-reference.ts';
import type { AssistantMessage } from '../../../src/domain/ask/message.ts';
import type { RunResult } from '../../../src/domain/ask/turn.ts';
import { AskError, notFound, providerFailure } from '../../../src/domain/shared/errors.ts';
import type { MessageId } from '../../../src/domain/shared/ids.ts';
import type { Provider } from '../../../src/domain/shared/provider.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { anAnswer, receiptFor, type SessionActivities, untilCancelled } from '../../stack/workflows/session-harness.ts';
import { scopeReference, transcriptReference } from '../../support/context-references.ts';

type Generate = SessionActivities['generateAnswer'];

type Failures = readonly (() => Error)[];

/** What differs from a turn on which nothing goes wrong. A list of failures is thrown one a call, before the step works. */
export interface Script {
  session?: Failures;
  question?: Failures;
  context?: Failures;
  model?: Failures;
  answer?: Failures;
  failure?: Failures;
  deletion?: Failures;
  /** How long the first attempt that works takes, in ms. */
  slowQuestionMs?: number;
  slowAnswerMs?: number;
  /** The question stands under this id already, unanswered. */
  askedBefore?: MessageId;
  providers?: Provider[];
  /** The context is not gathered while the question is recorded. */
  contextApart?: boolean;
  /** The model step could not store the answer. */
  unstored?: boolean;
  /** The question has an answer already. */
  answered?: boolean;
  /** An attempt had stored its answer when the failure is recorded. */
  answeredAfterAll?: boolean;
  /** Another answer to the question was stored first. */
  answeredEarlier?: boolean;
  /** The first model call lasts as long, in ms, or until it is cancelled. */
  firstCall?: number | 'until cancelled';
}

export const away = () => toFailure(providerFailure('openai', 'overloaded', { retryable: true }));
export const forbidden = () => toFailure(providerFailure('openai', 'authentication', { retryable: false }));
export const refusedContent = () => toFailure(providerFailure('openai', 'refused', { retryable: false }));
export const limited = () =>
  toFailure(providerFailure('openai', 'rate_limited', { retryable: true, retryAfterMs: 1_500 }));
export const contextChanged = () => toFailure(new AskError('context_changed', 'A transcript was replaced.'));
export const missing = (what: 'session' | 'recording') => () => toFailure(notFound(what, `the ${what}`));

/** The step inside the workflow task has this many attempts; behind them the durable one begins. */
const QUICK_ATTEMPTS = 3;
export const whileQuick: Failures = times(QUICK_ATTEMPTS, away);

export function times(count: number, failure: () => Error): Failures {
  return Array.from({ length: count }, () => failure);
}

/** The steps of a session as this script has them; made anew for each recording. */
export function scriptedSteps(script: Script, overRecording: boolean): SessionActivities {
  const failures = {
    session: [...(script.session ?? [])],
    question: [...(script.question ?? [])],
    context: [...(script.context ?? [])],
    model: [...(script.model ?? [])],
    answer: [...(script.answer ?? [])],
    failure: [...(script.failure ?? [])],
    deletion: [...(script.deletion ?? [])],
  };
  const fail = (step: keyof typeof failures) => {
    const failure = failures[step].shift();
    if (failure !== undefined) throw failure();
  };
  const context: ContextReference = overRecording
    ? transcriptReference('txn_1')
    : scopeReference({
        shown: [{ transcriptionId: 'txn_1', runs: [[0, 1]] }],
        chunkIds: ['chk_1', 'chk_2'],
        scores: [0.5, 0.25],
      });
  let slowMs = script.slowQuestionMs ?? 0;
  let firstCall = script.firstCall;

  const recordQuestion: SessionActivities['recordQuestion'] = async ({ question, sessionId }) => {
    fail('question');
    if (slowMs > 0) await pause(slowMs);
    slowMs = 0;
    const { providers = ['openai'], answered } = script;
    const answer = answered ? anAnswerOf(sessionId, receiptFor(question.id)) : null;
    return { messageId: script.askedBefore ?? question.id, answer, providers } satisfies RecordedQuestion;
  };
  const generateAnswer: Generate = async ({ messageId, provider }) => {
    const call = firstCall;
    firstCall = undefined;
    if (call === 'until cancelled') return untilCancelled();
    if (call !== undefined) await pause(call);
    fail('model');
    return { ...anAnswer(provider), receipt: script.unstored ? null : receiptFor(messageId) };
  };

  return {
    createSession: async () => fail('session'),
    recordQuestion,
    async beginTurn(input) {
      const question = await recordQuestion(input);
      return { ...question, context: script.contextApart || question.answer !== null ? null : context };
    },
    async gatherContext() {
      // The question is recorded first, in every recording of this scenario.
      await pause(50);
      fail('context');
      return context;
    },
    generateAnswer,
    async recordAnswer({ messageId, sessionId }): Promise<AnswerReceipt> {
      fail('answer');
      if (script.slowAnswerMs !== undefined) await pause(script.slowAnswerMs);
      const place = receiptFor(messageId);
      return script.answeredEarlier ? { kind: 'earlier', message: anAnswerOf(sessionId, place) } : place;
    },
    async deleteSessionRun() {
      fail('deletion');
    },
    async recordFailure({ turn }) {
      fail('failure');
      return script.answeredAfterAll ? anAnswerOf(turn.sessionId, receiptFor(turn.messageId)) : null;
    },
  };
}

function anAnswerOf(sessionId: AssistantMessage['sessionId'], place: AnswerReceipt): RunResult['message'] {
  if (place.kind !== 'this') return place.message;
  const { kind: _, ...where } = place;
  const { receipt: __, ...answer } = anAnswer('gemini');
  return { ...answer, ...where, content: 'On May 13.', role: 'assistant', sessionId, sources: [], retrieval: null };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
