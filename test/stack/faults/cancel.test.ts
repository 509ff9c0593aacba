import { Connection, Client as TemporalClient } from '@temporalio/client';
import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { turnWith } from '../../support/builders.ts';
import { type Answer, type Client, clientOf } from '../../support/client.ts';
import { type Talk, type Talks, talks } from './asking.ts';
import { type ModelUnderTest, modelAt, until } from './model.ts';

let cluster: Cluster;
let client: Client;
let open: Talks['open'];
let model: ModelUnderTest;
let connection: Connection;

beforeAll(async () => {
  cluster = await startCluster();
  client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  ({ open } = await talks(client));
  model = modelAt(cluster.sandboxUrl);
  connection = await Connection.connect({ address: cluster.temporalAddress });
}, 120_000);
afterEach(() => model.clear());
afterAll(async () => {
  await connection?.close();
  await cluster?.close();
}, 60_000);

const runOf = ({ sessionId }: Talk) =>
  new TemporalClient({ connection }).workflow.getHandle(`ask-session/${sessionId}`);

/** Whether the session's run has accepted such an update. */
async function hasUpdate(talk: Talk, name: string): Promise<boolean> {
  const { events } = await runOf(talk).fetchHistory();
  const accepted = events?.map((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest);
  return accepted?.some((request) => request?.input?.name === name) ?? false;
}

/** Starts a turn and waits until the model has its request, which it will never answer. */
async function held(talk: Talk, content: string) {
  const before = { calls: await model.calls(), abandoned: await model.abandoned() };
  await model.hold();
  const { headers } = await talk.ask(content, undefined, { prefer: 'respond-async' });
  await model.reached(before.calls + 1);
  const aborted = () => until(async () => (await model.abandoned()) > before.abandoned);
  return { location: headers.get('location') ?? '', aborted };
}

function expectCancelled({ status, body }: Answer) {
  expect([status, body.error.code]).toEqual([502, 'provider_error']);
  expect(body.error.details).toMatchObject({ reason: 'cancelled', retryable: true });
}

async function expectNextAnswered(talk: Talk) {
  expect((await talk.ask('And then?')).status).toBe(200);
}

describe('over HTTP', () => {
  test('a running turn ends, its model request is aborted, and the session takes the next message', async () => {
    const talk = await open();
    const { location, aborted } = await held(talk, 'Cancelled while it runs');
    const { status, body } = await client.post(`${location}/cancel`);
    expect([status, body.status]).toEqual([200, 'cancelled']);
    await aborted();
    expect((await client.get(location)).body.error.details).toMatchObject({ reason: 'cancelled', retryable: true });
    await expectNextAnswered(talk);
  }, 30_000);

  test('a waiting client is told, and its question sent again is answered without standing twice', async () => {
    const talk = await open();
    const key = crypto.randomUUID();
    const before = await model.calls();
    await model.hold();
    const asked = talk.ask('Cancelled under its client', key);
    await model.reached(before + 1);
    const { headers } = await talk.ask('Cancelled under its client', key, { prefer: 'respond-async' });
    await client.post(`${headers.get('location')}/cancel`);
    expectCancelled(await asked);
    expect((await talk.ask('Cancelled under its client', key)).status).toBe(200);
    expect((await talk.messages()).map(({ role }) => role)).toEqual(['user', 'assistant']);
  }, 30_000);

  test('a queued turn keeps its question and never reaches the model', async () => {
    const talk = await open();
    const running = await held(talk, 'Runs');
    const calls = await model.calls();
    const queued = await talk.ask('Waits', undefined, { prefer: 'respond-async' });
    const location = queued.headers.get('location') ?? '';
    const cancelled = client.post(`${location}/cancel`);
    await until(() => hasUpdate(talk, 'cancelTurn'));
    await client.post(`${running.location}/cancel`);
    expect((await cancelled).body.status).toBe('cancelled');
    expect((await client.get(location)).body.status).toBe('cancelled');
    expect((await talk.messages()).map(({ content }) => content)).toEqual(['Runs', 'Waits']);
    expect(await model.calls()).toBe(calls);
  }, 30_000);

  test('twice is the same as once, and a finished turn stays as it is', async () => {
    const talk = await open();
    const { headers } = await talk.ask('Answered', undefined, { prefer: 'respond-async' });
    const location = headers.get('location') ?? '';
    await turnWith(client, location, ['completed']);
    const first = await client.post(`${location}/cancel`);
    expect(first.body.status).toBe('completed');
    expect((await client.post(`${location}/cancel`)).body).toEqual(first.body);
  }, 30_000);
});

describe.each([
  ['Cancel', (talk: Talk) => runOf(talk).cancel()],
  ['Terminate', (talk: Talk) => runOf(talk).terminate()],
])("by an operator's %s", (_name, end) => {
  test('a waiting client is told, the model request is aborted, and the session takes the next message', async () => {
    const talk = await open();
    const before = { calls: await model.calls(), abandoned: await model.abandoned() };
    await model.hold();
    const asked = talk.ask('Stopped from outside');
    await model.reached(before.calls + 1);
    await end(talk);
    expectCancelled(await asked);
    await until(async () => (await model.abandoned()) > before.abandoned);
    await expectNextAnswered(talk);
  }, 30_000);

  test('a turn that nobody waits for has an end, whatever is asked before somebody looks', async () => {
    const talk = await open();
    const { location } = await held(talk, 'Stopped and not asked after');
    await end(talk);
    await expectNextAnswered(talk);
    expect((await client.get(location)).body).toMatchObject({ status: 'cancelled', error: { code: 'provider_error' } });
  }, 30_000);
});

test('a client that hangs up cancels nothing', async () => {
  const talk = await open();
  const before = await model.calls();
  await model.hold(1_500);
  const hangUp = new AbortController();
  const asked = fetch(`${cluster.urls[0]}/v1/ask/sessions/${talk.sessionId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Who is there?' }),
    signal: hangUp.signal,
  });
  asked.catch(() => {});
  await model.reached(before + 1);
  hangUp.abort();
  await until(async () => (await talk.messages()).length === 2);
  expect(await model.calls()).toBe(before + 1);
}, 30_000);
