import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { anAskableRecording, aRecording, aTranscript } from '../../support/builders.ts';
import { type Answer, type Client, clientOf } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { type Talk, talkOf, untilAnswered } from './asking.ts';
import { modelAt } from './model.ts';

let cluster: Cluster;
let client: Client;
let recordingTalk: Talk;
let libraryTalk: Talk;

/** Longer than the context may be here, so that the library is searched. */
const LONG = Array.from({ length: 80 }, (_, i) => ({
  ...{ start: i * 5, end: i * 5 + 5, speaker: 'Ana' },
  text: `Point ${i} is about the budget of the garden, and who waters it in summer.`,
}));

beforeAll(async () => {
  cluster = await startCluster({ settings: { SESSION_IDLE_MS: '1000', CONTEXT_TOKENS: '600' } });
  client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  const { recording, endUser } = await anAskableRecording(client);
  await aTranscript(client, (await aRecording(client, endUser.id)).id, LONG);
  const open = async (body: object) => talkOf(client, (await client.post('/v1/ask/sessions', body)).body.id);
  recordingTalk = await open({ scope: { type: 'recording', recording_id: recording.id } });
  libraryTalk = await open({ scope: { type: 'library' }, end_user_id: endUser.id });
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

function expectUnavailable({ status, headers, body }: Answer) {
  expect([status, body.error.code]).toEqual([503, 'unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

/** What `/readyz` says once it has this status: it checks MongoDB at most once a second, because each check writes. */
async function readinessOnceItIs(expected: 200 | 503) {
  let answer: Answer | undefined;
  await eventually(async () => {
    answer = await client.get('/readyz');
    return answer.status === expected;
  });
  const states = Object.entries<{ status: string }>(answer?.body.dependencies);
  return states.filter(([, { status }]) => status !== 'ok').map(([name]) => name);
}

describe.each(['mongodb', 'temporal'])('while %s is away', (dependency) => {
  const key = crypto.randomUUID();
  const content = `Asked while ${dependency} is away`;

  test('a question is a 503 to repeat, and the readiness says which part is missing', async () => {
    await cluster.kill(dependency);
    const began = Date.now();
    expectUnavailable(await recordingTalk.ask(content, key));
    process.stderr.write(`503 for ${dependency} after ${Date.now() - began} ms\n`);
    expect(await readinessOnceItIs(503)).toEqual([dependency]);
  }, 30_000);

  test('and once it is back the same request is answered by the same processes, once', async () => {
    await cluster.start(dependency);
    const { status } = await untilAnswered(() => recordingTalk.ask(content, key));
    expect(status).toBe(200);
    const stored = (await recordingTalk.messages()).map((message) => message.content);
    expect(stored.filter((each) => each === content)).toHaveLength(1);
    expect(await readinessOnceItIs(200)).toEqual([]);
  }, 60_000);
});

test('a question whose Temporal ends under it is a 503, and repeated it is answered once', async () => {
  const model = modelAt(cluster.sandboxUrl);
  const before = await model.calls();
  const key = crypto.randomUUID();
  await model.hold(3_000);
  const asked = recordingTalk.ask('Interrupted', key);
  await model.reached(before + 1);
  await cluster.kill('temporal');
  expectUnavailable(await asked);
  await cluster.start('temporal');
  const { status } = await untilAnswered(() => recordingTalk.ask('Interrupted', key));
  expect(status).toBe(200);
  expect((await recordingTalk.messages()).filter(({ content }) => content === 'Interrupted')).toHaveLength(1);
}, 60_000);

describe.each([
  ['is away', () => cluster.kill('sandbox'), () => cluster.start('sandbox')],
  ['hangs', () => cluster.freeze('sandbox'), () => cluster.thaw('sandbox')],
])('while Pinecone %s', (how, leave, comeBack) => {
  test('a question over a library is a 503 to repeat, and the same request is answered once it is back', async () => {
    const [key, content] = [crypto.randomUUID(), `Asked while Pinecone ${how}`];
    await leave();
    const began = Date.now();
    const answer = await libraryTalk.ask(content, key);
    process.stderr.write(`503 for Pinecone that ${how} after ${Date.now() - began} ms\n`);
    expectUnavailable(answer);
    expect(await readinessOnceItIs(503)).toEqual(['pinecone']);
    await comeBack();
    const { status } = await untilAnswered(() => libraryTalk.ask(content, key));
    expect(status).toBe(200);
    const stored = (await libraryTalk.messages()).filter((message) => message.content === content);
    expect(stored).toHaveLength(1);
  }, 60_000);
});
