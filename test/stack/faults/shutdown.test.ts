import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { type Answer, type Client, clientOf } from '../../support/client.ts';
import { isNoReply, type Talks, talkOf, talks } from './asking.ts';
import { type ModelUnderTest, modelAt } from './model.ts';

let cluster: Cluster;
let clients: Client[];
let open: Talks['open'];
let begin: Talks['begin'];
let model: ModelUnderTest;

beforeAll(async () => {
  cluster = await startCluster({ apis: [{}, {}], workers: [{}, {}], settings: { SESSION_IDLE_MS: '1000' } });
  const key = await cluster.createKey();
  clients = cluster.urls.map((url) => clientOf(url, key));
  ({ open, begin } = await talks(clients[0] as Client));
  model = modelAt(cluster.sandboxUrl);
}, 120_000);
afterEach(() => model.clear());
afterAll(() => cluster?.close(), 60_000);

test('an API that is asked to end answers what is in flight', async () => {
  const before = await model.calls();
  await model.hold(1_500);
  const asked = begin('In flight at the API');
  await model.reached(before + 1);
  await cluster.stop('api-0');
  expect((await asked).status).toBe(200);
  await cluster.start('api-0');
}, 60_000);

test('workers that are asked to end finish their model calls, and pay for none twice', async () => {
  const before = await model.calls();
  await model.hold(1_500, 4);
  const asked = [1, 2, 3, 4].map((i) => begin(`In flight at the worker ${i}`));
  await model.reached(before + 4);
  await cluster.stop('worker-0', 'worker-1');
  await cluster.start('worker-0', 'worker-1');
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await model.calls()).toBe(before + 4);
}, 60_000);

test('a rolling restart of two APIs and two workers under load fails no request', async () => {
  const before = await model.calls();
  await model.hold(150, -1);
  const answers: Answer[] = [];
  let over = false;
  const sessions = await Promise.all(Array.from({ length: 6 }, () => open()));
  const asking = sessions.map(async ({ sessionId }, i) => {
    for (let number = 0; !over; number++) answers.push(await askAnyApi(sessionId, i, `Question ${number}`));
  });
  for (const name of ['api-0', 'worker-0', 'api-1', 'worker-1']) {
    await cluster.stop(name);
    await cluster.start(name);
  }
  over = true;
  await Promise.all(asking);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  for (const { sessionId } of sessions) {
    const messages = await talkOf(clients[0] as Client, sessionId).messages();
    expect(messages.map(({ role }) => role)).toEqual(messages.map((_, i) => (i % 2 === 0 ? 'user' : 'assistant')));
  }
  expect(await model.calls()).toBe(before + answers.length);
}, 180_000);

/** As a client behind a load balancer: where no connection can be had, the other API is asked. */
async function askAnyApi(sessionId: string, first: number, content: string): Promise<Answer> {
  const key = crypto.randomUUID();
  for (let turn = first; ; turn++) {
    try {
      return await talkOf(clients[turn % clients.length] as Client, sessionId).ask(content, key);
    } catch (error) {
      if (!isNoReply(error)) throw error;
    }
  }
}
