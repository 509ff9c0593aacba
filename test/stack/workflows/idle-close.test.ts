import { tsToMs } from '@temporalio/common/lib/time.js';
import { eventually } from '../../support/eventually.ts';
import { aTurn, type SessionHarness, scriptedActivities, sessionHarness } from './session-harness.ts';

let harness: SessionHarness;

beforeAll(async () => {
  harness = await sessionHarness();
}, 60_000);
afterAll(() => harness?.close());

test('a turn that arrives in the very workflow task of the idle timer is answered by the same run', async () => {
  const { activities, log } = scriptedActivities();
  const session = harness.session({ idleMs: 1_000 });
  const before = await harness.startWorker(activities);
  const first = await session.ask(aTurn('first'));
  // With no worker the fired timer and the update wait together for the next workflow task.
  await before.stop();
  await eventually(async () => {
    const { events } = await session.handle().fetchHistory();
    return events?.some((event) => event.timerFiredEventAttributes != null) ?? false;
  });
  const late = session.ask(aTurn('late'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const after = await harness.startWorker(activities);
  const second = await late;
  expect(second.outcome).toEqual({ status: 'completed' });
  expect(second.runId).toBe(first.runId);
  expect(log).toEqual(['question first', 'answer', 'question late', 'answer']);
  await after.stop();
});

test('an idle session closes, and the next turn starts it again under the same id', async () => {
  const worker = await harness.startWorker(scriptedActivities().activities);
  const session = harness.session({ idleMs: 300 });
  const turn = aTurn();
  const first = await session.ask(turn);
  await eventually(async () => (await session.handle(first.runId).describe()).status.name === 'COMPLETED');
  const second = await session.ask(aTurn());
  expect(second.outcome).toEqual({ status: 'completed' });
  expect(second.runId).not.toBe(first.runId);
  // The closed run still answers for its own turns; the new one does not know them.
  expect((await session.snapshot(turn, first.runId)).result).not.toBeNull();
  expect(await session.snapshot(turn, second.runId)).toEqual({ turn: null, result: null, context: null });
  await worker.stop();
});

test('the time until an idle session closes begins anew with every turn, also with one in the middle of it', async () => {
  const worker = await harness.startWorker(scriptedActivities().activities);
  const session = harness.session({ idleMs: 1_500 });
  const { runId } = await session.ask(aTurn());
  await new Promise((resolve) => setTimeout(resolve, 800));
  await session.ask(aTurn());
  await eventually(async () => (await session.handle(runId).describe()).status.name === 'COMPLETED');
  const { events = [] } = await session.handle(runId).fetchHistory();
  const ended = events?.findLast((event) => event.workflowExecutionUpdateCompletedEventAttributes);
  const closed = events?.at(-1);
  const ms = (event: typeof closed) => tsToMs(event?.eventTime);
  expect(ms(closed) - ms(ended)).toBeGreaterThanOrEqual(1_500);
  // One timer for as many turns as come while it runs, and one for the rest of the time.
  expect(events?.filter((event) => event.timerStartedEventAttributes)).toHaveLength(2);
  expect(events?.filter((event) => event.timerCanceledEventAttributes)).toHaveLength(0);
  await worker.stop();
});

test('turns sent around the idle edge are all answered', async () => {
  const worker = await harness.startWorker(scriptedActivities().activities);
  const sessions = Array.from({ length: 10 }, () => harness.session({ idleMs: 900 }));
  const outcomes = await Promise.all(
    sessions.map(async (session, i) => {
      const statuses: string[] = [];
      for (let turn = 0; turn < 4; turn++) {
        statuses.push((await session.ask(aTurn())).outcome.status);
        await new Promise((resolve) => setTimeout(resolve, 870 + i * 16));
      }
      return statuses;
    }),
  );
  expect(outcomes.flat()).toEqual(Array(40).fill('completed'));
  await worker.stop();
}, 30_000);
