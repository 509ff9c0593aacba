import { anAskableRecording, anEndUser, aRecording, SEGMENTS } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

describe('POST /v1/ask/sessions', () => {
  let service: Service;
  let client: Client;
  let recording: { id: string };
  let endUser: { id: string };

  beforeAll(async () => {
    service = await startService({ settings: { MAX_TRANSCRIPT_TOKENS: '200' } });
    client = await service.client();
    ({ recording, endUser } = await anAskableRecording(client));
  }, 120_000);
  afterAll(() => service?.stop());
  afterEach(() => clearFaults(service.sandboxUrl));

  const create = (body: object, headers = {}) => client.post('/v1/ask/sessions', body, headers);
  const overRecording = (fields: object = {}) => ({
    scope: { type: 'recording', recording_id: recording.id },
    ...fields,
  });
  const sessionCount = async () => (await client.get('/v1/ask/sessions?limit=100')).body.data.length;

  test('201: a recording session without a message is there with its defaults', async () => {
    const { status, body } = await create(overRecording());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      scope: { type: 'recording', recording_ids: [recording.id], recording_title: 'Weekly sync' },
      title: 'New chat',
      end_user_id: endUser.id,
      message_count: 0,
      last_message_at: null,
      last_model: null,
      last_provider: null,
    });
    expect((await client.get(`/v1/ask/sessions/${body.id}`)).body).toEqual(body);
  });

  test('201: a library session names no recordings and no title of one', async () => {
    const { body } = await create({ scope: { type: 'library' }, end_user_id: endUser.id, title: '  Planning  ' });
    expect(body).toMatchObject({
      title: 'Planning',
      scope: { type: 'library', recording_ids: [], recording_title: null },
    });
  });

  test('201: a selected session names its recordings', async () => {
    const scope = { type: 'selected', recording_ids: [recording.id] };
    const { status, body } = await create({ scope, end_user_id: endUser.id });
    expect(status).toBe(201);
    expect(body.scope).toEqual({ ...scope, recording_title: null });
  });

  test('200: an initial message is answered with citations into the recording', async () => {
    const { status, body } = await create(overRecording({ initial_message: { content: 'When is the launch?' } }));
    expect(status).toBe(200);
    expect(body.sources).toEqual([]);
    expect(body.message.content).toContain('May twelve');
    expect(body.message.parts).toContainEqual({
      ...{ type: 'citation', recording_id: recording.id, start_ms: 62_000, end_ms: expect.any(Number) },
      ...{ speaker: 'Ben', quote: expect.stringContaining('May twelve'), source_index: null },
    });
    expect(body.message.grounding).toEqual({ status: 'supported', method: 'look-up/3', unsupported: [] });
    const session = await client.get(`/v1/ask/sessions/${body.session_id}`);
    expect(session.body).toMatchObject({
      title: 'When is the launch?',
      message_count: 2,
      last_model: body.message.model,
    });
  });

  test('200: the provider that the request names answers', async () => {
    const { body } = await create(
      overRecording({ initial_message: { content: 'When is the launch?', provider: 'claude' } }),
    );
    expect(body.message.provider).toBe('claude');
  });

  test('202: with Prefer: respond-async the turn goes on by itself', async () => {
    const body = overRecording({ initial_message: { content: 'When is the launch?' } });
    const { status, headers, body: accepted } = await create(body, { prefer: 'wait=5, Respond-Async' });
    expect(status).toBe(202);
    expect(headers.get('preference-applied')).toBe('respond-async');
    expect(headers.get('location')).toBe(`/v1/ask/sessions/${accepted.session_id}/turns/${accepted.turn_id}`);
    expect((await client.get(headers.get('location') ?? '')).status).toBe(200);
  });

  test.each([
    ['the reserved folder scope', { scope: { type: 'folder', folder_id: 'x' } }, 'scope.type'],
    ['an unknown scope', { scope: { type: 'galaxy' } }, 'scope.type'],
    ['no scope', {}, 'scope'],
    ['an unknown field', { scope: { type: 'library' }, colour: 'red' }, 'colour'],
    ['an unknown field in the scope', { scope: { type: 'library', recording_id: 'rec_1' } }, 'scope.recording_id'],
    [
      'an unknown field in the message',
      { scope: { type: 'library' }, initial_message: { content: 'a', model: 'b' } },
      'initial_message.model',
    ],
    ['no end user', { scope: { type: 'library' } }, 'end_user_id'],
    ['no recordings', { scope: { type: 'selected', recording_ids: [] } }, 'scope.recording_ids'],
    ['a recording twice', { scope: { type: 'selected', recording_ids: ['rec_1', 'rec_1'] } }, 'scope.recording_ids'],
    ['something else than an id', { scope: { type: 'recording', recording_id: 'as_1' } }, 'scope.recording_id'],
    ['an empty title', { scope: { type: 'library' }, title: '   ' }, 'title'],
    ['a long title', { scope: { type: 'library' }, title: 'x'.repeat(201) }, 'title'],
    ['an empty message', { scope: { type: 'library' }, initial_message: { content: '' } }, 'initial_message.content'],
    [
      'an unknown provider',
      { scope: { type: 'library' }, initial_message: { content: 'a', provider: 'hal' } },
      'initial_message.provider',
    ],
  ])('400: %s is refused by name', async (_, body, field) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_request', details: { field } });
  });

  test('400: 101 recordings are too many', async () => {
    const recording_ids = Array.from({ length: 101 }, (_, i) => `rec_${i}`);
    expect((await create({ scope: { type: 'selected', recording_ids } })).status).toBe(400);
  });

  test("400: another end user than the recording's owner is refused", async () => {
    const other = await anEndUser(client);
    const { status, body } = await create(overRecording({ end_user_id: other.id }));
    expect(status).toBe(400);
    expect(body.error.details.field).toBe('end_user_id');
  });

  test('403: a key scoped to an end user cannot create for another', async () => {
    const other = await anEndUser(client);
    const scoped = await service.client({ projectId: client.projectId, endUserId: other.id });
    const body = { scope: { type: 'library' }, end_user_id: endUser.id };
    expect((await scoped.post('/v1/ask/sessions', body)).status).toBe(403);
  });

  test('201: a key scoped to an end user may leave the end user out', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    const { status, body } = await scoped.post('/v1/ask/sessions', { scope: { type: 'library' } });
    expect(status).toBe(201);
    expect(body.end_user_id).toBe(endUser.id);
  });

  test('404: no session is created over what is unknown or belongs to someone else', async () => {
    const other = await anEndUser(client);
    const before = await sessionCount();
    const unknown = 'rec_01jd3v9k2m8q4t6w0y5z7a1b3c';
    const answers = await Promise.all([
      create({ scope: { type: 'recording', recording_id: unknown } }),
      create({ scope: { type: 'library' }, end_user_id: 'eu_unknown' }),
      create({ scope: { type: 'selected', recording_ids: [recording.id] }, end_user_id: other.id }),
      create({ scope: { type: 'selected', recording_ids: [recording.id, unknown] }, end_user_id: endUser.id }),
      create(overRecording({ initial_message: { content: 'a', context_refs: [{ type: 'recording', id: unknown }] } })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await sessionCount()).toBe(before);
  });

  test('409: a recording without a transcript cannot be asked, and nothing is stored', async () => {
    const silent = await aRecording(client, endUser.id);
    const before = await sessionCount();
    const scope = { type: 'recording', recording_id: silent.id };
    const { status, body } = await create({ scope, initial_message: { content: 'What was said?' } });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'transcription_not_ready', details: { status: 'pending' } });
    expect(await sessionCount()).toBe(before);
  });

  test('413: a transcript above the limit points to the other scopes, and nothing is stored', async () => {
    const long = Array.from({ length: 30 }, () => SEGMENTS).flat();
    const { recording: large } = await anAskableRecording(client, long);
    const before = await sessionCount();
    const scope = { type: 'recording', recording_id: large.id };
    const { status, body } = await create({ scope, initial_message: { content: 'What was said?' } });
    expect(status).toBe(413);
    expect(body.error).toMatchObject({ code: 'transcript_too_large', details: { limit: 200 } });
    expect(body.error.details.tokens).toBeGreaterThan(200);
    expect(body.error.message).toMatch(/library/);
    expect(await sessionCount()).toBe(before);
  });

  test('502: a model that fails leaves the question stored, and sending it again answers that one', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const initial_message = { content: 'When is the launch?', provider: 'openai' };
    const { status, body } = await create(overRecording({ initial_message }));
    expect(status).toBe(502);
    const { session_id, message_id, ...rest } = body.error.details;
    expect(body.error.code).toBe('provider_error');
    expect(rest).toMatchObject({ provider: 'openai', reason: 'bad_request', retryable: false });
    const again = await client.post(`/v1/ask/sessions/${session_id}/messages`, initial_message);
    expect(again.status).toBe(200);
    const messages = await client.get(`/v1/ask/sessions/${session_id}/messages`);
    expect(messages.body.data.map((m: { role: string }) => m.role)).toEqual(['user', 'assistant']);
    expect(messages.body.data[0].id).toBe(message_id);
  });
});
