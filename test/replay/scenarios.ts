import type { SessionScope } from '../../src/domain/ask/scope.ts';
import { providerFailure } from '../../src/domain/shared/errors.ts';
import { SESSION_ROTATING } from '../../workflows/contract.ts';
import { toFailure } from '../../workflows/failures.ts';
import {
  anAnswer,
  aTurn,
  OVER_A_RECORDING,
  type SessionActivities,
  type SessionUnderTest,
  standing,
  untilCancelled,
} from '../stack/workflows/session-harness.ts';
import { eventually } from '../support/eventually.ts';

export interface Scenario {
  /** What the steps do; made anew for each recording. */
  steps(): Partial<SessionActivities>;
  idleMs?: number;
  /** A library, where none is given. */
  scope?: SessionScope;
  /** Needs a server that calls a history of this many events long. */
  suggestContinueAsNewAt?: number;
  /** Leads the session into the state whose history is kept: that of its first run. */
  play(session: SessionUnderTest): Promise<unknown>;
}

const down = () => toFailure(providerFailure('openai', 'overloaded', { retryable: true }));

/** Fails the first `times` calls, then answers. */
function failing(times: number, failure = down): SessionActivities['generateAnswer'] {
  let left = times;
  return async ({ provider }) => {
    if (left-- > 0) throw failure();
    return anAnswer(provider);
  };
}

/** As the model step does while the database is there. */
const answersAndStores: SessionActivities['generateAnswer'] = async ({ messageId, provider }) => ({
  ...anAnswer(provider),
  recorded: standing(messageId),
});

const generating = (session: SessionUnderTest, turn: ReturnType<typeof aTurn>) =>
  eventually(async () => (await session.snapshot(turn)).turn?.status === 'generating');

/** Every path of the session workflow that a running conversation may be on when a new version is deployed. */
export const SCENARIOS: Record<string, Scenario> = {
  'two-turns-then-idle-close': {
    steps: () => ({}),
    idleMs: 300,
    async play(session) {
      await session.ask(aTurn('first'));
      await session.ask(aTurn('second'));
      await session.handle().result();
    },
  },
  'opened-without-a-message': {
    steps: () => ({}),
    async play(session) {
      await session.open();
      await session.ask(aTurn());
    },
  },
  'rate-limited-then-answered': {
    steps: () => ({
      generateAnswer: failing(1, () =>
        toFailure(providerFailure('openai', 'rate_limited', { retryable: true, retryAfterMs: 1_500 })),
      ),
    }),
    play: (session) => session.ask(aTurn()),
  },
  'failed-turn-then-answered': {
    steps: () => ({
      generateAnswer: failing(1, () => toFailure(providerFailure('openai', 'authentication', { retryable: false }))),
    }),
    async play(session) {
      await session.ask(aTurn());
      await session.ask(aTurn());
    },
  },
  'fallback-to-the-next-provider': {
    steps: () => ({
      recordQuestion: async ({ question }) => ({
        messageId: question.id,
        answer: null,
        providers: ['openai', 'claude'],
      }),
      generateAnswer: failing(2),
    }),
    play: (session) => session.ask(aTurn()),
  },
  'answer-stored-by-the-model-step': {
    steps: () => ({
      gatherContext: async () => ({ kind: 'passages', queries: ['When?'], chunkIds: ['chk_1'], scores: [0.5] }),
      generateAnswer: answersAndStores,
    }),
    async play(session) {
      await session.ask(aTurn('first'));
      await session.ask(aTurn('second'));
    },
  },
  'question-and-context-by-durable-steps-at-once': {
    steps: () => {
      let failures = 6;
      const awayAtFirst = () => {
        if (failures-- > 0) throw down();
      };
      return {
        recordQuestion: async ({ question }) => {
          awayAtFirst();
          return { messageId: question.id, answer: null, providers: ['openai'] };
        },
        gatherContext: async () => {
          awayAtFirst();
          return { kind: 'passages', queries: ['When?'], chunkIds: [], scores: [] };
        },
        generateAnswer: answersAndStores,
      };
    },
    play: (session) => session.ask(aTurn()),
  },
  'turn-cancelled-in-the-queue-then-answered': {
    steps: () => {
      let first = true;
      return {
        generateAnswer: async ({ messageId, provider }) => {
          if (first) await new Promise((resolve) => setTimeout(resolve, 300));
          first = false;
          return { ...anAnswer(provider), recorded: standing(messageId) };
        },
      };
    },
    async play(session) {
      const [running, waiting] = [aTurn('1'), aTurn('2')];
      const begun = await session.begin(running);
      await session.begin(waiting);
      await Promise.all([begun.result(), session.cancelTurn(waiting)]);
      await session.ask(aTurn('3'));
    },
  },
  'queued-turns': {
    steps: () => ({}),
    async play(session) {
      const updates = [
        await session.begin(aTurn('1')),
        await session.begin(aTurn('2')),
        await session.begin(aTurn('3')),
      ];
      await Promise.all(updates.map((update) => update.result()));
    },
  },
  'turn-cancelled-then-answered': {
    steps: () => {
      let first = true;
      return {
        generateAnswer: async () => {
          if (!first) return anAnswer();
          first = false;
          return untilCancelled();
        },
      };
    },
    async play(session) {
      const turn = aTurn();
      await session.begin(turn);
      await generating(session, turn);
      await session.cancelTurn(turn);
      await session.ask(aTurn());
    },
  },
  'run-cancelled-by-an-operator': {
    steps: () => ({ generateAnswer: untilCancelled }),
    async play(session) {
      const turn = aTurn();
      await session.begin(turn);
      await generating(session, turn);
      await session.handle().cancel();
      await session
        .handle()
        .result()
        .catch(() => undefined);
    },
  },
  'question-stored-by-the-durable-step': {
    steps: () => {
      let failures = 3;
      return {
        recordQuestion: async ({ question }) => {
          if (failures-- > 0) throw down();
          return { messageId: question.id, answer: null, providers: ['openai'] };
        },
      };
    },
    play: (session) => session.ask(aTurn()),
  },
  'outcomes-shown-in-search-attributes': {
    steps: () => ({
      generateAnswer: failing(1, () => toFailure(providerFailure('openai', 'authentication', { retryable: false }))),
    }),
    async play(session) {
      await session.ask(aTurn('1'));
      await session.ask(aTurn('2'));
      await session.ask(aTurn('3'));
    },
  },
  'begun-in-one-step-then-idle-close': {
    steps: () => ({
      generateAnswer: answersAndStores,
    }),
    scope: OVER_A_RECORDING,
    idleMs: 600,
    async play(session) {
      await session.ask(aTurn('first'));
      await session.ask(aTurn('second'));
      await session.handle().result();
    },
  },
  'begun-by-the-durable-step-then-context-by-itself': {
    steps: () => {
      let failures = 3;
      return {
        beginTurn: async ({ question }) => {
          if (failures-- > 0) throw down();
          return { messageId: question.id, answer: null, providers: ['openai'], context: null };
        },
      };
    },
    scope: OVER_A_RECORDING,
    play: (session) => session.ask(aTurn()),
  },
  'continued-as-new-after-a-turn-that-found-it-full': {
    steps: () => ({
      generateAnswer: answersAndStores,
    }),
    scope: OVER_A_RECORDING,
    suggestContinueAsNewAt: 28,
    async play(session) {
      for (let i = 0; i < 4; i++) await session.ask(aTurn(`${i}`));
    },
  },
  'continued-as-new': {
    steps: () => ({}),
    suggestContinueAsNewAt: 60,
    async play(session) {
      const { runId } = await session.ask(aTurn('0'));
      await eventually(async () => ((await askUnlessRotating(session))?.runId ?? runId) !== runId);
    },
  },
};

/** undefined while the run is about to be continued as new. */
const askUnlessRotating = (session: SessionUnderTest) =>
  session.ask(aTurn()).catch((error: { cause?: { type?: string } }) => {
    if (error.cause?.type !== SESSION_ROTATING) throw error;
  });
