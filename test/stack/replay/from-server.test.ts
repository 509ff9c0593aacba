import '../workflows/quiet.ts';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { testState } from '../../support/state.ts';
import { aTurn, type SessionHarness, scriptedActivities, sessionHarness } from '../workflows/session-harness.ts';

const run = promisify(execFile);
const taskQueue = `replay-${crypto.randomUUID()}`;
let harness: SessionHarness;

beforeAll(async () => {
  harness = await sessionHarness({ taskQueue });
}, 60_000);
afterAll(() => harness?.close());

/** The command as before a deploy; the exit code and what it printed. */
async function replayFromServer(): Promise<{ code: number; stdout: string }> {
  const env = {
    PATH: process.env.PATH,
    ASK_STATE_DIR: testState.root,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS,
    TEMPORAL_TASK_QUEUE: taskQueue,
  };
  return run(process.execPath, ['test/replay/run.ts', '--from-server'], { env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  );
}

/** Waits until the server lists as many runs: its list lags behind. */
async function listed(runs: number): Promise<void> {
  const query = `TaskQueue = '${taskQueue}'`;
  while ((await harness.client.workflow.count(query)).count < runs) await new Promise((next) => setTimeout(next, 50));
}

test("a server's runs replay, and one that this code cannot have made is a violation", async () => {
  const worker = await harness.startWorker(scriptedActivities().activities);
  const session = harness.session();
  await session.ask(aTurn());
  await worker.stop();
  await listed(1);
  expect(await replayFromServer()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`ok  ${session.workflowId}`),
  });

  const foreign = harness.session();
  await workingOtherwise(() => foreign.ask(aTurn()));
  await listed(2);
  const { code, stdout } = await replayFromServer();
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`VIOLATION +${foreign.workflowId}`));
  expect(stdout).toContain('2 replayed, 1 violations');
}, 60_000);

/** Does something while a worker of a broken copy of the workflow is at work. */
async function workingOtherwise(act: () => Promise<unknown>): Promise<void> {
  const connection = await NativeConnection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS ?? '' });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../../replay/broken-workflows.ts', import.meta.url)),
    }),
    activities: scriptedActivities().activities,
  });
  await worker.runUntil(act);
  await connection.close();
}
