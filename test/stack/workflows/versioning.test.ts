import './quiet.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../../../activities/index.ts';
import { createWorker } from '../../../src/adapters/temporal/worker/create-worker.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { ERASE, type EraseInput, eraseWorkflowId } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { anAnswer, aTurn, type SessionHarness, scriptedActivities, sessionHarness } from './session-harness.ts';

const name = `rollout-${crypto.randomUUID()}`;
let harness: SessionHarness;
let connection: NativeConnection;

beforeAll(async () => {
  harness = await sessionHarness({ taskQueue: name });
  connection = await NativeConnection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS ?? '' });
}, 60_000);
afterAll(async () => {
  await harness?.close();
  await connection?.close();
});

/** A worker of one version, whose model says which one it is. */
async function startVersion(buildId: string, erasure: Partial<Activities> = {}): Promise<() => Promise<void>> {
  const { activities } = scriptedActivities({ generateAnswer: async () => ({ ...anAnswer(), model: buildId }) });
  const worker = await createWorker({
    connection,
    // The steps of the workflows that run here are all that is called.
    activities: { ...activities, ...erasure } as unknown as Activities,
    config: loadConfig({ TEMPORAL_TASK_QUEUE: name, WORKER_DEPLOYMENT: name, WORKER_BUILD_ID: buildId }),
    bundleDir: join(tmpdir(), 'ask-api-test-bundles'),
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}

/** What `temporal worker deployment set-current-version` does, once the server has heard of the version. */
async function makeCurrent(buildId: string): Promise<void> {
  const { namespace } = harness.client.options;
  await eventually(() =>
    connection.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName: name, buildId }).then(
      () => true,
      () => false,
    ),
  );
}

/** Which version answers the next turn of the session. */
async function answeredBy(session: ReturnType<SessionHarness['session']>): Promise<string | undefined> {
  const turn = aTurn();
  const { runId } = await session.ask(turn);
  return (await session.snapshot(turn, runId)).result?.message.model;
}

test('an open session stays with the version that began it, and its next run takes the current one', async () => {
  const stopFirst = await startVersion('v1');
  await makeCurrent('v1');
  const [open, later] = [harness.session(), harness.session()];
  expect(await answeredBy(open)).toBe('v1');

  const stopSecond = await startVersion('v2');
  await makeCurrent('v2');
  await eventually(async () => (await answeredBy(harness.session())) === 'v2');
  expect(await answeredBy(later)).toBe('v2');
  expect(await answeredBy(open)).toBe('v1');

  await open.handle().cancel();
  await eventually(async () => (await open.handle().describe()).status.name === 'CANCELLED');
  await stopFirst();
  expect(await answeredBy(open)).toBe('v2');
  await stopSecond();
}, 60_000);

test('an erasure goes on with the version that has become current', async () => {
  const erasedBy: string[] = [];
  let closed = () => {};
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  let begun = false;
  const version = (buildId: string): Partial<Activities> => ({
    async eraseEndUser() {
      begun = true;
      await closing;
      // A listing after the erasure is empty, which ends it.
      return { sessionIds: erasedBy.length === 0 ? ['as_1'] : [], recordingIds: [] };
    },
    eraseSession: async () => void erasedBy.push(buildId),
  });
  const stopFirst = await startVersion('v3', version('v3'));
  await makeCurrent('v3');
  await eventually(async () => (await answeredBy(harness.session())) === 'v3');
  const input: EraseInput = {
    tenant: { projectId: 'prj_1', mode: 'test', endUserId: null },
    target: { type: 'end_user', id: 'eu_1' },
  };
  const options = { workflowId: eraseWorkflowId('eu_1'), taskQueue: name, args: [input] };
  const erasure = await harness.client.workflow.start(ERASE, options);
  await eventually(() => begun);
  const stopSecond = await startVersion('v4', version('v4'));
  await makeCurrent('v4');
  await eventually(async () => (await answeredBy(harness.session())) === 'v4');
  closed();
  await erasure.result();
  expect(erasedBy).toEqual(['v4']);
  await stopFirst();
  await stopSecond();
}, 60_000);
