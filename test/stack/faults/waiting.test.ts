import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { type Client, clientOf } from '../../support/client.ts';
import { type Talks, talks, untilAnswered } from './asking.ts';
import { type ModelUnderTest, modelAt } from './model.ts';

let cluster: Cluster;
let open: Talks['open'];
let model: ModelUnderTest;
/** Through an API and a worker that ask another provider when the default one is down. */
let withFallback: Client;
/** Through those whose turns may take four seconds. */
let hasty: Client;

const HASTY_QUEUE = { TEMPORAL_TASK_QUEUE: 'hasty' };
const FALLBACK_QUEUE = { TEMPORAL_TASK_QUEUE: 'fallback' };

beforeAll(async () => {
  cluster = await startCluster({
    settings: { ASK_WAIT_MS: '1500', LLM_MAX_ATTEMPTS: '2' },
    apis: [
      {},
      { ...FALLBACK_QUEUE, ASK_WAIT_MS: '60000' },
      { ...HASTY_QUEUE, ASK_WAIT_MS: '60000', LLM_TIMEOUT_MS: '2000', TURN_BUDGET_MS: '4000' },
    ],
    workers: [{}, { ...FALLBACK_QUEUE, PROVIDER_FALLBACK: 'true' }, { ...HASTY_QUEUE, LLM_TIMEOUT_MS: '2000' }],
  });
  const key = await cluster.createKey();
  withFallback = clientOf(cluster.urls[1] ?? '', key);
  hasty = clientOf(cluster.urls[2] ?? '', key);
  ({ open } = await talks(clientOf(cluster.urls[0] ?? '', key)));
  model = modelAt(cluster.sandboxUrl);
}, 120_000);
afterEach(() => model.clear());
afterAll(() => cluster?.close(), 60_000);

test('an answer that takes longer than the server waits is a 504 with ids, and the same request attaches to its turn', async () => {
  const talk = await open();
  const [key, before] = [crypto.randomUUID(), await model.calls()];
  await model.hold(4_000);
  const late = await talk.ask('Slow', key);
  expect([late.status, late.body.error.code]).toEqual([504, 'turn_in_progress']);
  const { session_id, turn_id } = late.body.error.details;
  expect([session_id, turn_id]).toEqual([talk.sessionId, expect.stringMatching(/^trn_/)]);
  const answer = await untilAnswered(() => talk.ask('Slow', key));
  expect(answer.status).toBe(200);
  expect((await talk.messages()).map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(await model.calls()).toBe(before + 1);
}, 30_000);

test('a model that is too slow for the budget of the turn is told as such, with the settings to raise', async () => {
  const talk = await open(hasty);
  await model.hold(60_000, -1);
  const { status, body } = await talk.ask('Too slow');
  expect([status, body.error.code, body.error.details.reason]).toEqual([502, 'provider_error', 'timeout']);
  expect(body.error.message).toContain('TURN_BUDGET_MS');
}, 30_000);

test('without any worker a question is a 503, and is answered once when a worker is back', async () => {
  const talk = await open();
  const key = crypto.randomUUID();
  await cluster.kill('worker-0');
  const refused = await talk.ask('Is anybody there?', key);
  expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable']);
  await cluster.start('worker-0');
  expect((await untilAnswered(() => talk.ask('Is anybody there?', key))).status).toBe(200);
  expect((await talk.messages()).map(({ role }) => role)).toEqual(['user', 'assistant']);
}, 60_000);

describe('when the default provider is down', () => {
  test('another one answers where the operator wants it, and the message says which', async () => {
    const talk = await open(withFallback);
    await model.fail(503, -1);
    const { status, body } = await talk.ask('Whoever can');
    expect(status).toBe(200);
    expect(body.message.provider).not.toBe('openai');
  }, 30_000);

  test('a provider that the request pinned is never swapped', async () => {
    const talk = await open(withFallback);
    await model.fail(503, -1);
    const { status, body } = await withFallback.post(`/v1/ask/sessions/${talk.sessionId}/messages`, {
      content: 'Only you',
      provider: 'openai',
    });
    expect([status, body.error.details]).toEqual([
      502,
      expect.objectContaining({ provider: 'openai', retryable: true }),
    ]);
  }, 30_000);

  test('nobody else is asked where the operator did not say so', async () => {
    const talk = await open();
    await model.fail(401, 1);
    const { status, body } = await talk.ask('Only the default one');
    expect([status, body.error.details.provider]).toEqual([502, 'openai']);
  }, 30_000);
});
