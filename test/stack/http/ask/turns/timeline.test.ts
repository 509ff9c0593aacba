import { randomBytes } from 'node:crypto';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { freePort } from '../../../../../src/local/stack/state/ports.ts';
import { anAskableRecording, turnWhere, turnWith } from '../../../../support/builders.ts';
import { type Client, clientOf } from '../../../../support/client.ts';
import { startRole } from '../../../../support/process.ts';
import { clearFaults, orderFault } from '../../../../support/sandbox.ts';
import { type Service, startService } from '../../../../support/service.ts';

const UI = 'https://temporal.example/ui';
const FINISHED = ['completed', 'failed', 'cancelled'];

let service: Service;
let client: Client;
let recordingId: string;

beforeAll(async () => {
  // Encrypted: what the timeline shows must be read out of the history all the same.
  const PAYLOAD_KEYS = `test:${randomBytes(32).toString('base64')}`;
  service = await startService({ settings: { TEMPORAL_UI_URL: UI, PAYLOAD_KEYS } });
  client = await service.client();
  recordingId = (await anAskableRecording(client)).recording.id;
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

/** @returns the path of a new session. */
async function aSession(): Promise<string> {
  const scope = { type: 'recording', recording_id: recordingId };
  return `/v1/ask/sessions/${(await client.post('/v1/ask/sessions', { scope })).body.id}`;
}

/** Asks without waiting. @returns the place of the turn. */
async function asked(session: string, content = 'When is the launch?', headers = {}): Promise<string> {
  const body = { content, provider: 'openai' };
  const answer = await client.post(`${session}/messages`, body, { prefer: 'respond-async', ...headers });
  return answer.headers.get('location') ?? '';
}

interface Step {
  name: string;
  kind: string;
  started_at: string;
  completed_at: string | null;
  waited_ms: number;
  attempts: number;
  status: string;
  failure: { kind: string; reason: string | null } | null;
}
const named = (steps: Step[]) => steps.map(({ name, kind, status }) => [name, kind, status]);
const ANSWERED = [
  ['beginTurn', 'local', 'completed'],
  ['generateAnswer', 'durable', 'completed'],
];

describe('GET /v1/ask/sessions/{id}/turns/{turn_id}/timeline', () => {
  test('200: the steps of an answered turn in order, each with its times, and where to see the run', async () => {
    const turn = await turnWith(client, await asked(await aSession()), FINISHED);
    const path = `/v1/ask/sessions/${turn.session_id}/turns/${turn.turn_id}/timeline`;
    const { status, body } = await client.get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ turn_id: turn.turn_id, session_id: turn.session_id });
    expect(body.workflow_id).toBe(`ask-session/${turn.session_id}`);
    const run = `${encodeURIComponent(body.workflow_id)}/${body.run_id}/history`;
    expect(body.ui_url).toBe(`${UI}/namespaces/default/workflows/${run}`);
    expect(named(body.steps)).toEqual(ANSWERED);
    const [begin, call] = body.steps;
    expect([begin.started_at, begin.completed_at, call.started_at, call.completed_at]).toEqual(
      [begin.started_at, begin.completed_at, call.started_at, call.completed_at].toSorted(),
    );
    expect(call).toMatchObject({ summary: 'Ask openai', attempts: 1, failure: null });
  });

  test('200: a key of an end user does not learn where operators look', async () => {
    const { end_user_id: endUserId } = (await client.get(`/v1/recordings/${recordingId}`)).body;
    const theirs = await service.client({ projectId: client.projectId, endUserId });
    const turn = await turnWith(client, await asked(await aSession()), FINISHED);
    const path = `/v1/ask/sessions/${turn.session_id}/turns/${turn.turn_id}/timeline`;
    const { status, body } = await theirs.get(path);
    expect([status, body.turn_id, body.ui_url]).toEqual([200, turn.turn_id, null]);
  });

  test('200: steps that run side by side, over a library, each end before the next one begins', async () => {
    const owner = (await client.get(`/v1/recordings/${recordingId}`)).body.end_user_id;
    const session = { scope: { type: 'library' }, end_user_id: owner };
    const location = await asked(`/v1/ask/sessions/${(await client.post('/v1/ask/sessions', session)).body.id}`);
    await turnWith(client, location, ['completed']);
    const { steps } = (await client.get(`${location}/timeline`)).body;
    const [one, other, call] = steps;
    expect([one.name, other.name].toSorted()).toEqual(['gatherContext', 'recordQuestion']);
    for (const { started_at, completed_at } of [one, other])
      expect([started_at, completed_at, call.started_at]).toEqual(
        [started_at, completed_at, call.started_at].toSorted(),
      );
  });

  test('200: a retried model call shows its attempts and why the first one failed', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 503 });
    const location = await asked(await aSession());
    await turnWith(client, location, ['completed']);
    const { body } = await client.get(`${location}/timeline`);
    const call = body.steps.find(({ name }: Step) => name === 'generateAnswer');
    expect(call).toMatchObject({ status: 'completed', attempts: 2 });
    expect(call.failure).toEqual({ kind: 'provider_error', reason: 'overloaded' });
    expect(call.waited_ms).toBeGreaterThan(0);
  });

  test('200: a running turn shows the step in flight', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 60_000 });
    const location = await asked(await aSession());
    await turnWhere(client, location, ({ attempt }) => attempt === 1);
    const { body } = await client.get(`${location}/timeline`);
    expect(body.steps.at(-1)).toMatchObject({ name: 'generateAnswer', status: 'running', completed_at: null });
    await client.post(`${location}/cancel`);
    const after = await client.get(`${location}/timeline`);
    expect(named(after.body.steps).slice(1)).toEqual([
      ['generateAnswer', 'durable', 'cancelled'],
      ['recordFailure', 'local', 'completed'],
    ]);
  });

  test('200: a model call that waits for its next attempt is retrying', async () => {
    const headers = { 'retry-after': '60' };
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 429, headers });
    const location = await asked(await aSession());
    await turnWhere(client, location, ({ attempt }) => attempt === 2);
    const { body } = await client.get(`${location}/timeline`);
    expect(body.steps.at(-1)).toMatchObject({ status: 'retrying', attempts: 2, completed_at: null });
    expect(body.steps.at(-1).failure).toEqual({ kind: 'provider_error', reason: 'rate_limited' });
    await client.post(`${location}/cancel`);
  });

  test('200: each of two turns in line has its own steps', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 1_000 });
    const session = await aSession();
    const first = await asked(session);
    const second = await asked(session, 'And the budget?');
    await turnWith(client, first, ['generating']);
    expect((await client.get(`${second}/timeline`)).body.steps).toEqual([]);
    await turnWith(client, second, ['completed']);
    const both = await Promise.all([first, second].map((location) => client.get(`${location}/timeline`)));
    expect(both.map(({ body }) => named(body.steps))).toEqual([ANSWERED, ANSWERED]);
    expect(both[1]?.body.steps[0].started_at >= both[0]?.body.steps[1].started_at).toBe(true);
  });

  test('200: a turn that failed and was run again is told by its last run', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const session = await aSession();
    const location = await asked(session, 'Again?', { 'idempotency-key': session });
    await turnWith(client, location, ['failed']);
    const { body } = await client.get(`${location}/timeline`);
    expect(named(body.steps)[1]).toEqual(['generateAnswer', 'durable', 'failed']);
    expect(body.steps[1].failure).toEqual({ kind: 'provider_error', reason: 'bad_request' });
    expect(await asked(session, 'Again?', { 'idempotency-key': session })).toBe(location);
    await turnWith(client, location, ['completed']);
    expect(named((await client.get(`${location}/timeline`)).body.steps)).toEqual(ANSWERED);
  });

  test('404: a run that is no longer kept', async () => {
    const location = await asked(await aSession());
    const { session_id } = await turnWith(client, location, FINISHED);
    await deleteRun(`ask-session/${session_id}`);
    const { body } = await untilGone(location);
    expect(body.error).toMatchObject({ code: 'not_found', message: expect.stringContaining('no longer kept') });
    expect((await client.get(location)).status).toBe(200);
  });

  test('503: Temporal is away', async () => {
    const location = await asked(await aSession());
    await turnWith(client, location, FINISHED);
    const PORT = String(await freePort());
    const TEMPORAL_ADDRESS = `127.0.0.1:${await freePort()}`;
    const api = await startRole('src/roles/api.ts', { ...service.settings, PORT, TEMPORAL_ADDRESS });
    const answer = await clientOf(`http://127.0.0.1:${PORT}`, client).get(`${location}/timeline`);
    await api.stop();
    expect([answer.status, answer.body.error.details]).toEqual([503, { dependency: 'Temporal' }]);
  }, 20_000);

  test('404: an unknown turn, and a turn of another session', async () => {
    const session = await aSession();
    const location = await asked(session);
    const { turn_id } = await turnWith(client, location, FINISHED);
    const other = await aSession();
    expect((await client.get(`${other}/turns/${turn_id}/timeline`)).status).toBe(404);
    expect((await client.get(`${session}/turns/trn_unknown/timeline`)).status).toBe(404);
  });
});

async function deleteRun(workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' });
  const { workflowService } = new TemporalClient({ connection });
  await workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId } });
  await connection.close();
}

/** Deletion is done in the background. */
async function untilGone(location: string) {
  for (;;) {
    const answer = await client.get(`${location}/timeline`);
    if (answer.status !== 200) return answer;
  }
}
