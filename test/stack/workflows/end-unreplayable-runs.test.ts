import './quiet.ts';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '../../../activities/index.ts';
import { endUnreplayableRuns } from '../../../src/adapters/temporal/worker/end-unreplayable-runs.ts';
import { eventually } from '../../support/eventually.ts';
import { aTurn, type SessionHarness, scriptedActivities, sessionHarness } from './session-harness.ts';

let harness: SessionHarness;
beforeEach(async () => {
  harness = await sessionHarness();
}, 60_000);
afterEach(() => harness.close());

const REASON = 'This release cannot continue it.';
const endRuns = (timeoutMs = 60_000) =>
  endUnreplayableRuns({
    client: harness.client,
    taskQueue: harness.taskQueue,
    dataConverter: {},
    cacheDir: join(tmpdir(), 'ask-api-test-bundles'),
    reason: REASON,
    timeoutMs,
    onProgress: () => {},
  });

test('a run that cannot be replayed is ended, and the next question starts a new one', async () => {
  const [sound, foreign] = [harness.session(), harness.session()];
  const worker = await harness.startWorker(scriptedActivities().activities);
  await sound.ask(aTurn());
  await worker.stop();
  await withBrokenWorker(scriptedActivities().activities, () => foreign.ask(aTurn()));
  await listed(2);

  expect(await endRuns()).toEqual({ sessions: 1, begunAnew: 0 });
  expect((await sound.handle().describe()).status.name).toBe('RUNNING');
  const { status, runId } = await foreign.handle().describe();
  expect(status.name).toBe('TERMINATED');
  const last = (await foreign.handle().fetchHistory()).events?.at(-1);
  expect(last?.workflowExecutionTerminatedEventAttributes?.reason).toBe(REASON);

  await harness.startWorker(scriptedActivities().activities);
  expect(await foreign.ask(aTurn())).toMatchObject({ outcome: { status: 'completed' } });
  expect((await foreign.handle().describe()).runId).not.toBe(runId);
  expect(await endRuns()).toEqual({ sessions: 0, begunAnew: 0 });
}, 60_000);

test('an erasure that cannot be replayed begins anew with its own input', async () => {
  const tenant = { projectId: 'prj_1', mode: 'test' };
  const input = { tenant, target: { type: 'session', id: 'as_1' } };
  const { client, taskQueue } = harness;
  const workflowId = `erase/${randomUUID()}`;
  const start = { workflowId, taskQueue, args: [input], staticSummary: 'Erase session as_1' };
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const eraseSession = async () => {
    resolve();
    throw new Error('away, to be tried again');
  };
  await withBrokenWorker({ eraseSession }, async () => {
    await client.workflow.start('erase', start);
    await begun;
  });
  await listed(1);

  expect(await endRuns()).toEqual({ sessions: 0, begunAnew: 1 });
  const erased: unknown[] = [];
  await harness.startWorker({ eraseSession: async (session) => void erased.push(session) });
  await client.workflow.getHandle(workflowId).result();
  expect(erased).toEqual([{ tenant, id: 'as_1' }]);
  expect(await (await client.workflow.getHandle(workflowId).describe()).staticSummary()).toBe('Erase session as_1');
}, 60_000);

test('a run for whose replay no time is left is ended', async () => {
  const session = harness.session();
  await harness.startWorker(scriptedActivities().activities);
  await session.ask(aTurn());
  await listed(1);
  expect(await endRuns(0)).toEqual({ sessions: 1, begunAnew: 0 });
}, 60_000);

/** Does something while a worker of a broken copy of the workflows is at work. */
async function withBrokenWorker(activities: Partial<Activities>, act: () => Promise<unknown>): Promise<void> {
  const connection = await NativeConnection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS ?? '' });
  const worker = await Worker.create({
    connection,
    taskQueue: harness.taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../../replay/broken-workflows.ts', import.meta.url)),
    }),
    activities,
  });
  await worker.runUntil(act);
  await connection.close();
}

/** Waits until the server lists as many open runs: its list lags behind. */
async function listed(runs: number): Promise<void> {
  const query = `TaskQueue = '${harness.taskQueue}' AND ExecutionStatus = 'Running'`;
  await eventually(async () => (await harness.client.workflow.count(query)).count >= runs);
}
