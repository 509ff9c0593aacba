import { Connection, Client as TemporalClient } from '@temporalio/client';
import { connectMongo, createStores } from '../../../../src/adapters/mongo/index.ts';
import type { SessionId } from '../../../../src/domain/shared/ids.ts';
import { systemClock } from '../../../../src/runtime/clock-and-ids.ts';
import { anAskableRecording, anEndUser, SEGMENTS, turnWith } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let recording: { id: string };
let endUser: { id: string };

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  ({ recording, endUser } = await anAskableRecording(client));
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

let used = 0;
const freshKey = () => ({ 'idempotency-key': `key ${used++}` });
const overRecording = (fields: object = {}) => ({
  scope: { type: 'recording', recording_id: recording.id },
  ...fields,
});
const question = { content: 'When is the launch?', provider: 'openai' };
const aSession = async () => (await client.post('/v1/ask/sessions', overRecording())).body.id as string;
const messageCount = async (id: string) => (await client.get(`/v1/ask/sessions/${id}`)).body.message_count;

async function closeRun(workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' });
  const run = new TemporalClient({ connection }).workflow.getHandle(workflowId);
  await run.cancel();
  await expect(run.result()).rejects.toThrow();
  await connection.close();
}

/** Leaves a session as its erasure does while Temporal has not deleted its runs. */
async function eraseFromDatabase(id: SessionId): Promise<void> {
  const mongo = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'test' });
  const { sessions } = createStores(mongo, { clock: systemClock });
  const tenant = { projectId: client.projectId, mode: 'test', endUserId: null } as const;
  await sessions.hide(tenant, id);
  await sessions.purge(tenant, id);
  await mongo.close();
}

describe('the same key and the same request', () => {
  test.each([
    ['an end user', () => ['/v1/end_users', { name: 'Ana' }]],
    ['a recording', () => ['/v1/recordings', { end_user_id: endUser.id }]],
    ['a session', () => ['/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUser.id }]],
    ['a transcription', () => [`/v1/recordings/${recording.id}/transcriptions`, { segments: SEGMENTS }]],
  ] as [string, () => [string, object]][])('makes %s once', async (_, request) => {
    const [path, body] = request();
    const key = freshKey();
    const first = await client.post(path, body, key);
    const second = await client.post(path, body, key);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect([second.status, second.body.id]).toEqual([first.status, first.body.id]);
  });

  test('makes one end user, however many requests come at once', async () => {
    const key = freshKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post('/v1/end_users', { name: 'x' }, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('answers a message once and gives the stored answer again', async () => {
    const session = await aSession();
    const key = freshKey();
    const path = `/v1/ask/sessions/${session}/messages`;
    const first = await client.post(path, question, key);
    const second = await client.post(path, question, key);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await messageCount(session)).toBe(2);
  });

  test('attaches to the turn that still runs, and pays the model once', async () => {
    const session = await aSession();
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 1_500 });
    const key = freshKey();
    const path = `/v1/ask/sessions/${session}/messages`;
    const answers = await Promise.all([1, 2, 3].map(() => client.post(path, question, key)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.message.id)).size).toBe(1);
    expect(await messageCount(session)).toBe(2);
  });

  test('creates one session with its first answer', async () => {
    const key = freshKey();
    const body = overRecording({ initial_message: question });
    const [first, second] = [
      await client.post('/v1/ask/sessions', body, key),
      await client.post('/v1/ask/sessions', body, key),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  test('runs a failed turn again, without a second copy of the question', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const key = freshKey();
    const body = overRecording({ initial_message: question });
    const failed = await client.post('/v1/ask/sessions', body, key);
    expect(failed.status).toBe(502);
    const answered = await client.post('/v1/ask/sessions', body, key);
    expect(answered.status).toBe(200);
    expect(answered.body.session_id).toBe(failed.body.error.details.session_id);
    expect(answered.headers.get('idempotent-replayed')).toBeNull();
    expect(await messageCount(answered.body.session_id)).toBe(2);
  });

  test('finds the turn of an asynchronous request, waiting for it or not', async () => {
    const session = await aSession();
    const key = freshKey();
    const path = `/v1/ask/sessions/${session}/messages`;
    const accepted = await client.post(path, question, { ...key, prefer: 'respond-async' });
    await turnWith(client, accepted.headers.get('location') ?? '', ['completed']);
    const again = await client.post(path, question, { ...key, prefer: 'respond-async' });
    expect([again.status, again.body.turn_id, again.body.status]).toEqual([202, accepted.body.turn_id, 'completed']);
    expect((await client.post(path, question, key)).status).toBe(200);
    expect(await messageCount(session)).toBe(2);
  });

  test('is 404 when what it made was deleted meanwhile', async () => {
    const key = freshKey();
    const body = overRecording({ initial_message: question });
    const { session_id } = (await client.post('/v1/ask/sessions', body, key)).body;
    await client.delete(`/v1/ask/sessions/${session_id}`);
    expect((await client.post('/v1/ask/sessions', body, key)).status).toBe(404);
  });

  test('is 404 too while Temporal still has the run, which had closed', async () => {
    const key = freshKey();
    const body = overRecording({ initial_message: question });
    const { session_id } = (await client.post('/v1/ask/sessions', body, key)).body;
    await closeRun(`ask-session/${session_id}`);
    await eraseFromDatabase(session_id);
    expect((await client.post('/v1/ask/sessions', body, key)).status).toBe(404);
  });

  test('is free again after a request that was refused', async () => {
    const key = freshKey();
    expect((await client.post('/v1/end_users', { nick: 'x' }, key)).status).toBe(400);
    expect((await client.post('/v1/end_users', { name: 'x' }, key)).status).toBe(201);
  });
});

describe('the same key and another request', () => {
  test('422: another body, another path', async () => {
    const key = freshKey();
    await client.post('/v1/end_users', { name: 'Ana' }, key);
    const other = await client.post('/v1/end_users', { name: 'Ben' }, key);
    expect(other.status).toBe(422);
    expect(other.body.error.code).toBe('idempotency_key_reused');
    expect((await client.post('/v1/recordings', { end_user_id: endUser.id }, key)).status).toBe(422);
  });

  test('201: another project, mode or end user has keys of its own', async () => {
    const key = freshKey();
    await client.post('/v1/end_users', { name: 'Ana' }, key);
    const live = await service.client({ projectId: client.projectId, mode: 'live' });
    expect((await live.post('/v1/end_users', { name: 'Ben' }, key)).status).toBe(201);
    const other = await anEndUser(client);
    const scoped = await service.client({ projectId: client.projectId, endUserId: other.id });
    expect((await scoped.post('/v1/recordings', {}, key)).status).toBe(201);
  });
});

describe('without a key', () => {
  test('each request is new', async () => {
    const [first, second] = [await client.post('/v1/end_users', {}), await client.post('/v1/end_users', {})];
    expect(first.body.id).not.toBe(second.body.id);
  });
});
