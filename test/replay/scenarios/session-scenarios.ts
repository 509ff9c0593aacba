import type { SessionScope } from '../../../src/domain/ask/scope.ts';
import { QUEUE_FULL, type SessionSettings } from '../../../workflows/contract.ts';
import { aTurn, type SessionUnderTest } from '../../stack/workflows/session-harness.ts';
import { eventually } from '../../support/eventually.ts';
import {
  away,
  contextChanged,
  forbidden,
  limited,
  missing,
  refusedContent,
  type Script,
  times,
  whileQuick,
} from './scripted-steps.ts';

export interface Scenario {
  /** What goes otherwise than on a good day. */
  script?: Script;
  settings?: Partial<SessionSettings>;
  /** Where it differs from the other scopes or exists alone. */
  scopes?: readonly SessionScope['type'][] | undefined;
  /** Needs a server that calls a history long after some turns. */
  shortHistories?: boolean;
  /** Whether the history of the last run is kept, instead of the first one's. */
  keepsLast?: boolean;
  /** Leads the session into the state whose history is kept. */
  play(session: SessionUnderTest): Promise<unknown>;
}

export const SCOPES: Record<SessionScope['type'], SessionScope> = {
  recording: { type: 'recording', recordingId: 'rec_1' },
  library: { type: 'library' },
  selected: { type: 'selected', recordingIds: ['rec_1', 'rec_2'] },
};

const stored = { create: false };
const one = (session: SessionUnderTest) => session.ask(aTurn(), stored);
const two = async (session: SessionUnderTest) => {
  await session.ask(aTurn('1'), stored);
  await session.ask(aTurn('2'), stored);
};
const end = (session: SessionUnderTest) =>
  session
    .handle()
    .result()
    .catch(() => undefined);

/** Begins a turn, and waits until its model is asked. */
async function generating(session: SessionUnderTest) {
  const turn = aTurn('1');
  const begun = await session.begin(turn);
  await eventually(async () => (await session.snapshot(turn)).turn?.status === 'generating');
  return { turn, begun };
}

async function refused(type: string, ask: Promise<unknown>): Promise<void> {
  const reason = await ask.then(
    () => 'nothing: it was accepted',
    (error: { cause?: { type?: string } }) => error.cause?.type,
  );
  if (reason !== type) throw new Error(`refused because of ${reason} instead of ${type}`);
}

/** Asks until the run is continued as new. */
async function untilContinued(session: SessionUnderTest): Promise<void> {
  const first = await session.ask(aTurn('0'));
  await eventually(async () => (await session.ask(aTurn('next'), stored)).runId !== first.runId);
}

/** Every path of the session workflow that a conversation may be on when a new version is deployed. */
export const SCENARIOS: Record<string, Scenario> = {
  answered: { play: one },
  'first-turn-stores-the-session': {
    async play(session) {
      await session.ask(aTurn('1'));
      await session.ask(aTurn('2'), stored);
    },
  },
  'opened-empty': {
    async play(session) {
      await session.open();
      await session.open();
      await session.ask(aTurn(), stored);
    },
  },
  streamed: {
    async play(session) {
      await session.ask({ ...aTurn('1'), subscribers: 'now' }, stored);
      await session.ask({ ...aTurn('2'), subscribers: 'maybe' }, stored);
    },
  },
  'provider-pinned': {
    script: { providers: ['claude'] },
    play: (session) => session.ask({ ...aTurn(), provider: 'claude' }, stored),
  },
  'two-turns-and-idle-close': {
    settings: { idleMs: 2_000 },
    async play(session) {
      await session.ask(aTurn('1'), stored);
      // Far enough apart that the first timer finds time left since the second turn.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await session.ask(aTurn('2'), stored);
      await end(session);
    },
  },
  'restarted-after-idle': {
    settings: { idleMs: 300 },
    keepsLast: true,
    async play(session) {
      await session.ask(aTurn('1'));
      await end(session);
      await session.ask(aTurn('2'), stored);
      await end(session);
    },
  },
  failed: { script: { model: [forbidden] }, play: one },
  'failed-then-answered': {
    script: { model: [forbidden] },
    async play(session) {
      const turn = aTurn('1');
      await session.ask(turn, stored);
      await session.ask(turn, { ...stored, again: true });
      await session.ask(aTurn('2'), stored);
    },
  },
  'context-replaced-then-gathered-again': { script: { model: [contextChanged] }, play: one },
  'context-replaced-again-and-again': { script: { model: times(3, contextChanged) }, play: one },
  'failed-though-an-attempt-stored-its-answer': { script: { model: [forbidden], answeredAfterAll: true }, play: one },
  'out-of-attempts': { script: { model: times(3, away) }, play: one },
  fallback: { script: { providers: ['openai', 'claude'], model: times(2, away) }, play: one },
  'fallback-from-an-expired-key': { script: { providers: ['openai', 'claude'], model: [forbidden] }, play: one },
  'no-fallback-from-a-refusal': { script: { providers: ['openai', 'claude'], model: [refusedContent] }, play: one },
  'rate-limited-then-answered': { script: { model: [limited] }, play: one },
  queue: {
    script: { firstCall: 2_000 },
    async play(session) {
      const { begun } = await generating(session);
      const waiting = [await session.begin(aTurn('2')), await session.begin(aTurn('3'))];
      await Promise.all([begun, ...waiting].map((update) => update.result()));
    },
  },
  'queue-full': {
    script: { firstCall: 2_000 },
    settings: { maxQueued: 1 },
    async play(session) {
      const { begun } = await generating(session);
      await refused(QUEUE_FULL, session.ask(aTurn('2'), stored));
      await begun.result();
      await session.ask(aTurn('3'), stored);
    },
  },
  'running-turn-cancelled': {
    script: { firstCall: 'until cancelled' },
    async play(session) {
      const { turn } = await generating(session);
      await session.cancelTurn(turn);
      await session.ask(aTurn('2'), stored);
    },
  },
  'queued-turn-cancelled': {
    script: { firstCall: 2_000 },
    async play(session) {
      const { begun } = await generating(session);
      const waiting = aTurn('2');
      await session.begin(waiting);
      await Promise.all([begun.result(), session.cancelTurn(waiting)]);
      await session.ask(aTurn('3'), stored);
    },
  },
  'cancelled-while-the-question-is-recorded': {
    script: { question: whileQuick, slowQuestionMs: 600 },
    async play(session) {
      const turn = aTurn('1');
      await session.begin(turn);
      await eventually(async () => (await pendingSteps(session)).length > 0);
      await session.cancelTurn(turn);
      await session.ask(aTurn('2'), stored);
    },
  },
  'cancelled-by-an-operator': {
    script: { firstCall: 'until cancelled' },
    async play(session) {
      await generating(session);
      await session.handle().cancel();
      await end(session);
    },
  },
  'cancelled-by-an-operator-while-idle': {
    async play(session) {
      await one(session);
      await session.handle().cancel();
      await end(session);
    },
  },
  'cancelled-by-an-operator-while-the-answer-is-stored': {
    script: { unstored: true, answer: whileQuick, slowAnswerMs: 600 },
    async play(session) {
      await session.begin(aTurn());
      await eventually(async () => (await pendingSteps(session)).includes('recordAnswer'));
      await session.handle().cancel();
      await end(session);
    },
  },
  'terminated-by-an-operator': {
    script: { firstCall: 'until cancelled' },
    async play(session) {
      await generating(session);
      await session.handle().terminate();
      await end(session);
    },
  },
  'continued-as-new': { shortHistories: true, play: untilContinued },
  'continued-as-new-with-waiting-turns': {
    script: { firstCall: 600 },
    shortHistories: true,
    async play(session) {
      const turns = [(await generating(session)).begun];
      for (const content of ['2', '3', '4', '5']) turns.push(await session.begin(aTurn(content)));
      await Promise.all(turns.map((turn) => turn.result()));
      await eventually(async () => (await runsOf(session)) > 1);
    },
  },
  'continued-as-new-before-the-session-is-stored': {
    script: { question: times(20, forbidden) },
    shortHistories: true,
    async play(session) {
      const first = await session.ask(aTurn('0'));
      await eventually(async () => (await session.ask(aTurn('next'))).runId !== first.runId);
    },
  },
  'question-durable': { script: { question: whileQuick }, play: (session) => session.ask(aTurn()) },
  'question-asked-before': { script: { askedBefore: 'msg_0' }, play: one },
  'question-failed': { script: { question: [forbidden] }, play: one },
  'question-to-a-deleted-session': {
    script: { question: [missing('session')] },
    async play(session) {
      await one(session);
      await end(session);
    },
  },
  'opened-for-a-deleted-end-user': {
    script: { session: [missing('session')] },
    async play(session) {
      await session.open().catch(() => undefined);
      await end(session);
    },
  },
  'deletion-from-within-failed': {
    script: { deletion: [away] },
    async play(session) {
      await one(session);
      await session.deleteRun().catch(() => undefined);
      await session.ask(aTurn('2'), stored);
    },
  },
  'context-by-its-own-step': { script: { contextApart: true }, scopes: ['recording'], play: one },
  'context-durable': { script: { contextApart: true, context: whileQuick }, play: one },
  'context-failed': { script: { contextApart: true, context: [missing('recording')] }, play: one },
  'question-and-context-durable': {
    script: { contextApart: true, question: whileQuick, context: whileQuick },
    play: (session) => session.ask(aTurn()),
  },
  'answer-by-its-own-step': { script: { unstored: true }, play: two },
  'answer-durable': { script: { unstored: true, answer: whileQuick }, play: one },
  'answer-stored-earlier': { script: { unstored: true, answeredEarlier: true }, play: one },
  'question-answered-already': { script: { answered: true }, play: one },
  'failure-durable': { script: { model: [forbidden], failure: whileQuick }, play: one },
};

/** A session scenario is recorded once for each scope. */
export function namesOf([name, { scopes }]: [string, Scenario]): string[] {
  return scopesOf({ scopes }).map((scope) => `${scope}-${name}`);
}

export function scopesOf({ scopes = ['recording', 'library', 'selected'] }: Pick<Scenario, 'scopes'>) {
  return scopes;
}

async function pendingSteps(session: SessionUnderTest): Promise<(string | null | undefined)[]> {
  const { raw } = await session.handle().describe();
  return (raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name);
}

async function runsOf(session: SessionUnderTest): Promise<number> {
  const { raw } = await session.handle().describe();
  const { firstRunId, execution } = raw.workflowExecutionInfo ?? {};
  return firstRunId === execution?.runId ? 1 : 2;
}
