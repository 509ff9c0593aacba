import { Connection, Client as TemporalClient } from '@temporalio/client';
import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { type Answer, type Client, clientOf } from '../../support/client.ts';
import { isNoReply, type Talks, talkOf, talks, untilAnswered } from './asking.ts';
import { type ModelUnderTest, modelAt, until } from './model.ts';

let cluster: Cluster;
let client: Client;
let open: Talks['open'];
let begin: Talks['begin'];
let model: ModelUnderTest;
let temporal: TemporalClient;

beforeAll(async () => {
  // Sessions close after a second, and histories are called long after a few turns.
  const dynamicConfig = ['limit.historyCount.suggestContinueAsNew=60'];
  cluster = await startCluster({ settings: { SESSION_IDLE_MS: '1000' }, dynamicConfig });
  client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  ({ open, begin } = await talks(client));
  model = modelAt(cluster.sandboxUrl);
  temporal = new TemporalClient({ connection: await Connection.connect({ address: cluster.temporalAddress }) });
}, 120_000);
afterAll(async () => {
  await temporal?.connection.close();
  await cluster?.close();
}, 60_000);

const statusOf = async (sessionId: string) =>
  (await temporal.workflow.getHandle(`ask-session/${sessionId}`).describe()).status.name;

const isReplay = ({ headers }: Answer) => headers.get('idempotent-replayed') === 'true';

/** All that may stand in the session of one question: it once, and one answer, which is the one that was given. */
async function expectOnce({ status, body }: Answer) {
  expect(status).toBe(200);
  const messages = await talkOf(client, body.session_id).messages();
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(messages[1]?.id).toBe(body.message.id);
}

test('the same request while the first one runs attaches to it', async () => {
  const talk = await open();
  const [key, before] = [crypto.randomUUID(), await model.calls()];
  await model.hold(1_000);
  const first = talk.ask('Asked three times', key);
  await model.reached(before + 1);
  const answers = await Promise.all([first, talk.ask('Asked three times', key), talk.ask('Asked three times', key)]);
  for (const answer of answers) await expectOnce(answer);
  expect(answers.map(isReplay)).toEqual([false, true, true]);
  expect(await model.calls()).toBe(before + 1);
}, 30_000);

test.each([
  ['at once', async () => {}],
  ['after the session closed', (sessionId: string) => until(async () => (await statusOf(sessionId)) === 'COMPLETED')],
  [
    'after the session went on in a new run',
    async (sessionId: string) => {
      const runs = async () => (await temporal.workflow.getHandle(`ask-session/${sessionId}`).describe()).runId;
      const first = await runs();
      for (let i = 0; (await runs()) === first; i++) await talkOf(client, sessionId).ask(`Filler ${i}`);
    },
  ],
])(
  'the same request after its answer, %s, is given the stored one and pays no model',
  async (_when, wait) => {
    const key = crypto.randomUUID();
    const first = await begin('Asked again later', key);
    await wait(first.body.session_id);
    const before = await model.calls();
    const again = await begin('Asked again later', key);
    expect([again.status, isReplay(again)]).toEqual([200, true]);
    expect(again.body).toEqual(first.body);
    expect(await model.calls()).toBe(before);
  },
  60_000,
);

test('a worker that dies during the model call: the turn goes on elsewhere, with one message and one answer', async () => {
  const [key, before] = [crypto.randomUUID(), await model.calls()];
  await model.hold();
  const asked = begin('Asked under a dying worker', key);
  await model.reached(before + 1);
  await cluster.kill('worker-0');
  const again = begin('Asked under a dying worker', key);
  await cluster.start('worker-0');
  const [first, second] = await Promise.all([asked, again]);
  await expectOnce(first);
  expect(second.body).toEqual(first.body);
  // The call that died with the worker, and the one that was answered.
  expect(await model.calls()).toBe(before + 2);
}, 60_000);

test('an API that dies while a client waits: the turn goes on, and the same request gets its answer', async () => {
  const [key, before] = [crypto.randomUUID(), await model.calls()];
  await model.hold(2_000);
  const asked = begin('Asked under a dying API', key).catch((error: unknown) => error);
  await model.reached(before + 1);
  await cluster.kill('api-0');
  expect(isNoReply(await asked)).toBe(true);
  await cluster.start('api-0');
  const again = await untilAnswered(() => begin('Asked under a dying API', key));
  await expectOnce(again);
  expect(isReplay(again)).toBe(true);
  expect(await model.calls()).toBe(before + 1);
}, 60_000);

test('a turn that failed runs anew with the same request, and its question stands once', async () => {
  const key = crypto.randomUUID();
  await model.fail(401, 1);
  const first = await begin('Asked of a model that refuses', key);
  expect([first.status, first.body.error.details.reason]).toEqual([502, 'authentication']);
  const again = await begin('Asked of a model that refuses', key);
  await expectOnce(again);
}, 30_000);
