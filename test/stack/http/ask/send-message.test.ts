import { anAskableRecording, anEndUser, aRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

describe('POST /v1/ask/sessions/{id}/messages', () => {
  let service: Service;
  let client: Client;
  let recording: { id: string };
  let endUser: { id: string };

  beforeAll(async () => {
    service = await startService({ settings: { ASK_WAIT_MS: '1500' } });
    client = await service.client();
    ({ recording, endUser } = await anAskableRecording(client));
  }, 120_000);
  afterAll(() => service?.stop());
  afterEach(() => clearFaults(service.sandboxUrl));

  const aSession = async (scope: object = { type: 'recording', recording_id: recording.id }) =>
    (await client.post('/v1/ask/sessions', { scope, end_user_id: endUser.id })).body.id as string;
  const ask = (session: string, message: object, headers = {}) =>
    client.post(`/v1/ask/sessions/${session}/messages`, message, headers);

  test('200: follow-ups stand in the session in their order', async () => {
    const session = await aSession();
    const questions = ['When is the launch?', 'And what about the budget?', 'Who spoke of the review?'];
    for (const content of questions) expect((await ask(session, { content })).status).toBe(200);
    const { body } = await client.get(`/v1/ask/sessions/${session}/messages`);
    const asked = body.data.filter((m: { role: string }) => m.role === 'user');
    expect(asked.map((m: { content: string }) => m.content)).toEqual(questions);
  });

  test('200: a library session answers with the passages that it was shown', async () => {
    const session = await aSession({ type: 'library' });
    const { status, body } = await ask(session, { content: 'When is the launch?' });
    expect(status).toBe(200);
    expect(body.sources[0]).toMatchObject({ recording_id: recording.id });
    expect(body.sources[0].chunk_text).toContain('launch');
    expect(body.retrieval).toMatchObject({
      method: 'whole',
      complete: true,
      filters: { timezone: 'UTC' },
      queries: [],
    });
    expect(body.turn_id).toMatch(/^trn_/);
  });

  test('200: filters, zone and language narrow a question, and are told with it', async () => {
    const session = await aSession({ type: 'library' });
    const message = {
      content: 'When is the launch?',
      filters: { recorded_after: '2100-01-01T00:00:00Z' },
      timezone: 'Europe/Berlin',
      response_language: 'de',
    };
    const { status, body } = await ask(session, message);
    expect(status).toBe(200);
    expect(body.sources).toEqual([]);
    expect(body.retrieval).toMatchObject({
      method: 'whole',
      recordings_used: 0,
      filters: { recorded_after: '2100-01-01T00:00:00.000Z', timezone: 'Europe/Berlin', understood: [] },
    });
    const { body: list } = await client.get(`/v1/ask/sessions/${session}/messages`);
    const { turn_id, status: state, error, timezone, response_language } = list.data[0];
    expect({ turn_id, state, error, timezone, response_language }).toEqual({
      turn_id: body.turn_id,
      state: 'completed',
      error: null,
      timezone: 'Europe/Berlin',
      response_language: 'de',
    });
  });

  test.each([
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['timezone', { timezone: '+02:00' }],
    ['response_language', { response_language: 'not a language' }],
    [
      'filters.recorded_before',
      { filters: { recorded_after: '2026-02-01T00:00:00Z', recorded_before: '2026-01-01T00:00:00Z' } },
    ],
    ['filters.recording_ids', { filters: { recording_ids: ['rec_00000000000000000000000000'] } }],
    ['filters.speakers', { filters: { speakers: [] } }],
  ])('400: names %s of %j', async (field, options) => {
    const session = await aSession({ type: 'library' });
    const { status, body } = await ask(session, { content: 'When is the launch?', ...options });
    expect([status, body.error.details.field]).toEqual([400, field]);
  });

  test('400: a session over one recording takes no filters', async () => {
    const { status, body } = await ask(await aSession(), { content: 'When?', filters: { speakers: ['Ana'] } });
    expect([status, body.error.details.field]).toEqual([400, 'filters']);
  });

  test('200: a library without a word of it still answers', async () => {
    const nobody = await anEndUser(client);
    const scope = { type: 'library' };
    const created = await client.post('/v1/ask/sessions', { scope, end_user_id: nobody.id });
    const { status, body } = await ask(created.body.id, { content: 'When is the launch?' });
    expect(status).toBe(200);
    expect(body.sources).toEqual([]);
    expect(body.message.content).not.toBe('');
  });

  test('200: context references are stored with the message', async () => {
    const session = await aSession();
    const context_refs = [{ type: 'recording', id: recording.id }];
    await ask(session, { content: 'When is the launch?', context_refs });
    const { body } = await client.get(`/v1/ask/sessions/${session}/messages`);
    expect(body.data[0].context_refs).toEqual(context_refs);
  });

  test.each([
    ['no content', {}, 'content'],
    ['empty content', { content: '' }, 'content'],
    ['white space', { content: ' \n\t ' }, 'content'],
    ['10001 characters', { content: 'x'.repeat(10_001) }, 'content'],
    ['an unknown field', { content: 'a', temperature: 1 }, 'temperature'],
    ['an unknown provider', { content: 'a', provider: 'hal' }, 'provider'],
    [
      'a reference to something else',
      { content: 'a', context_refs: [{ type: 'folder', id: 'rec_1' }] },
      'context_refs.0.type',
    ],
    [
      '21 references',
      { content: 'a', context_refs: Array(21).fill({ type: 'recording', id: 'rec_1' }) },
      'context_refs',
    ],
  ])('400: %s is refused by name', async (_, message, field) => {
    const { status, body } = await ask('as_any', message);
    expect(status).toBe(400);
    expect(body.error.details.field).toBe(field);
  });

  test('404: an unknown session, and an unknown reference', async () => {
    expect((await ask('as_unknown', { content: 'a' })).status).toBe(404);
    const context_refs = [{ type: 'recording', id: 'rec_unknown' }];
    const session = await aSession();
    expect((await ask(session, { content: 'a', context_refs })).status).toBe(404);
    expect((await client.get(`/v1/ask/sessions/${session}`)).body.message_count).toBe(0);
  });

  test('409: the recording has no transcript yet', async () => {
    const silent = await aRecording(client, endUser.id);
    const session = await aSession({ type: 'recording', recording_id: silent.id });
    const { status, body } = await ask(session, { content: 'What was said?' });
    expect(status).toBe(409);
    expect(body.error.details).toEqual({ status: 'pending' });
  });

  test('502: names the provider and the reason, never its words', async () => {
    const session = await aSession();
    const body = { error: { message: 'secret words of the provider' } };
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 401, body });
    const answer = await ask(session, { content: 'When is the launch?', provider: 'openai' });
    expect(answer.status).toBe(502);
    expect(answer.body.error.details).toMatchObject({
      session_id: session,
      provider: 'openai',
      reason: 'authentication',
    });
    expect(JSON.stringify(answer.body) + service.apiLog()).not.toContain('secret words');
  });

  test('504: an answer that takes too long comes later and stands in the session', async () => {
    const session = await aSession();
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 3_000 });
    const message = { content: 'When is the launch?', provider: 'openai' };
    const key = { 'idempotency-key': 'slow-one' };
    const late = await ask(session, message, key);
    expect(late.status).toBe(504);
    expect(late.body.error).toMatchObject({ code: 'turn_in_progress', details: { session_id: session } });
    const attached = await ask(session, message, key);
    const final = attached.status === 504 ? await ask(session, message, key) : attached;
    expect(final.status).toBe(200);
    expect(final.headers.get('idempotent-replayed')).toBe('true');
    expect((await client.get(`/v1/ask/sessions/${session}`)).body.message_count).toBe(2);
  }, 20_000);

  test('no question, answer or key reaches the log', () => {
    const log = service.apiLog();
    expect(log).toContain('"route":"/v1/ask/sessions/:session_id/messages"');
    for (const secret of ['launch', 'twelve', client.secret]) expect(log).not.toContain(secret);
  });
});
