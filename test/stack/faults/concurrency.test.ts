import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { type Client, clientOf } from '../../support/client.ts';
import { type Talks, talks } from './asking.ts';
import { modelAt } from './model.ts';

let cluster: Cluster;
let client: Client;
let open: Talks['open'];
let begin: Talks['begin'];
/** The same service through an API that lets few turns of a session wait. */
let strict: Client;

beforeAll(async () => {
  cluster = await startCluster({ apis: [{}, { SESSION_MAX_QUEUED: '3' }] });
  const key = await cluster.createKey();
  client = clientOf(cluster.urls[0] ?? '', key);
  strict = clientOf(cluster.urls[1] ?? '', key);
  ({ open, begin } = await talks(client));
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

test('50 clients on one session are each answered once, and each answer follows its question', async () => {
  const talk = await open();
  const contents = Array.from({ length: 50 }, (_, i) => `Question of client ${i}`);
  const answers = await Promise.all(contents.map((content) => talk.ask(content)));
  expect(answers.map(({ status }) => status)).toEqual(contents.map(() => 200));
  const messages = await talk.messages();
  expect(messages.map(({ role }) => role)).toEqual(contents.flatMap(() => ['user', 'assistant']));
  const stored = new Map(messages.map((message, i) => [message.content, messages[i + 1]?.id]));
  expect(answers.map(({ body }) => body.message.id)).toEqual(contents.map((content) => stored.get(content)));
}, 120_000);

test('what arrives while another turn runs is answered in the order of arrival', async () => {
  const talk = await open();
  const model = modelAt(cluster.sandboxUrl);
  const before = await model.calls();
  await model.hold(2_000);
  const first = talk.ask('first');
  await model.reached(before + 1);
  const contents = Array.from({ length: 8 }, (_, i) => `then ${i}`);
  // Accepted one after another, so that their order is known.
  for (const content of contents) await talk.ask(content, undefined, { prefer: 'respond-async' });
  await first;
  const last = await talk.ask('last');
  expect(last.status).toBe(200);
  const asked = (await talk.messages()).filter(({ role }) => role === 'user').map(({ content }) => content);
  expect(asked).toEqual(['first', ...contents, 'last']);
}, 60_000);

test('500 sessions asked 32 at a time are all answered', async () => {
  const statuses: number[] = [];
  const waiting = Array.from({ length: 500 }, (_, i) => i);
  const worker = async () => {
    while (waiting.pop() !== undefined) statuses.push((await begin('When is the launch?')).status);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  expect(statuses).toEqual(Array(500).fill(200));
}, 180_000);

test('above the queue limit a question is a 429 with Retry-After, of which nothing is stored', async () => {
  const talk = await open(strict);
  const model = modelAt(cluster.sandboxUrl);
  const before = await model.calls();
  await model.hold(3_000);
  const asked = ['one', 'two', 'three'].map((content) => talk.ask(content));
  await model.reached(before + 1);
  const refused = await Promise.all(['four', 'five'].map((content) => talk.ask(content)));
  for (const { status, headers, body } of refused) {
    expect([status, body.error.code]).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  const stored = (await talk.messages()).filter(({ role }) => role === 'user').map(({ content }) => content);
  expect(stored.sort()).toEqual(['one', 'three', 'two']);
}, 60_000);
