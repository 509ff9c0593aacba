import { startTestTemporal, type TestServer } from '../../support/servers.ts';
import { aTurn, type SessionHarness, scriptedActivities, sessionHarness } from './session-harness.ts';

let server: TestServer;
let harness: SessionHarness;

beforeAll(async () => {
  // A history is called long after a few turns instead of after some hundred.
  server = await startTestTemporal({ dynamicConfig: ['limit.historyCount.suggestContinueAsNew=60'] });
  harness = await sessionHarness({ address: server.address });
}, 60_000);
afterAll(async () => {
  await harness?.close();
  await server?.stop();
});

/** Sends the turn again when the run is about to be continued, as the gateway does. */
async function ask(session: ReturnType<SessionHarness['session']>, content: string) {
  for (;;) {
    const turn = aTurn(content);
    try {
      return { turn, receipt: await session.ask(turn) };
    } catch (error) {
      if ((error as { cause?: { type?: string } }).cause?.type !== 'session_rotating') throw error;
    }
  }
}

test('a long session goes on in new runs, and each answer is read from the run that gave it', async () => {
  const { activities, log } = scriptedActivities();
  const worker = await harness.startWorker(activities);
  const session = harness.session();
  const asked = [];
  for (let i = 0; i < 16; i++) asked.push(await ask(session, `${i}`));
  expect(new Set(asked.map(({ receipt }) => receipt.runId)).size).toBeGreaterThan(1);
  expect(log).toEqual(asked.flatMap((_, i) => [`question ${i}`, 'answer']));
  const first = asked[0] as (typeof asked)[number];
  expect((await session.snapshot(first.turn, first.receipt.runId)).result).not.toBeNull();
  await worker.stop();
}, 30_000);

test('clients that send back to back cannot keep a session from being continued', async () => {
  const { activities, log } = scriptedActivities();
  const worker = await harness.startWorker(activities);
  const session = harness.session();
  const client = async (name: string) => {
    const runs: string[] = [];
    for (let i = 0; i < 12; i++) runs.push((await ask(session, `${name}${i}`)).receipt.runId);
    return runs;
  };
  const runs = (await Promise.all([client('a'), client('b'), client('c')])).flat();
  expect(new Set(runs).size).toBeGreaterThan(2);
  expect(log.filter((line) => line === 'answer')).toHaveLength(36);
  await worker.stop();
}, 60_000);
