import { anAskableRecording, anEndUser } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
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

type Item = { id: string };
const ids = (items: Item[]) => items.map(({ id }) => id);

const aSession = async (fields: object = {}): Promise<Item> =>
  (await client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUser.id, ...fields })).body;

describe('GET /v1/ask/sessions', () => {
  const list = async (query: string) => (await client.get(`/v1/ask/sessions?${query}`)).body;

  test('200: newest activity first, each session once although others are added', async () => {
    const owner = await anEndUser(client);
    const made: Item[] = [];
    for (let i = 0; i < 5; i++) made.push(await aSession({ end_user_id: owner.id }));
    const first = await list(`end_user_id=${owner.id}&limit=2`);
    await aSession({ end_user_id: owner.id });
    const second = await list(`end_user_id=${owner.id}&limit=2&cursor=${first.next_cursor}`);
    const third = await list(`end_user_id=${owner.id}&limit=2&cursor=${second.next_cursor}`);
    expect(ids([...first.data, ...second.data, ...third.data])).toEqual(ids(made).toReversed());
    expect([first.has_more, third.has_more, third.next_cursor]).toEqual([true, false, null]);
  });

  test('200: a new message brings a session to the front', async () => {
    const old = await aSession({ scope: { type: 'recording', recording_id: recording.id } });
    await aSession();
    await client.post(`/v1/ask/sessions/${old.id}/messages`, { content: 'When is the launch?' });
    expect((await list(`end_user_id=${endUser.id}&limit=1`)).data[0].id).toBe(old.id);
  });

  test('200: filters by scope, recording and words of the title as they stand', async () => {
    const owner = await anEndUser(client);
    const [library, percent] = [
      await aSession({ end_user_id: owner.id, title: 'Budget (2026)' }),
      await aSession({ end_user_id: owner.id, title: '100% .* plans' }),
    ];
    const of = `end_user_id=${owner.id}`;
    expect(ids((await list(`${of}&q=budget%20(2`)).data)).toEqual([library.id]);
    expect(ids((await list(`${of}&q=${encodeURIComponent('.*')}`)).data)).toEqual([percent.id]);
    expect((await list(`${of}&scope_type=recording`)).data).toEqual([]);
    expect((await list(`${of}&scope_type=library`)).data).toHaveLength(2);
    const over = await aSession({ scope: { type: 'selected', recording_ids: [recording.id] } });
    expect(ids((await list(`recording_id=${recording.id}&scope_type=selected`)).data)).toEqual([over.id]);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=eyJhIjoxfQ', 'cursor'],
    ['scope_type=folder', 'scope_type'],
    ['recording_id=as_1', 'recording_id'],
    ['page=2', 'page'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await client.get(`/v1/ask/sessions?${query}`);
    expect(status).toBe(400);
    expect(body.error.details.field).toBe(field);
  });
});

describe('GET /v1/ask/sessions/{id}', () => {
  test('404: unknown', async () => {
    expect((await client.get('/v1/ask/sessions/as_unknown')).status).toBe(404);
  });
});

describe('GET /v1/ask/sessions/{id}/messages', () => {
  test('200: oldest first, over pages, answers with their sources', async () => {
    const { id } = await aSession();
    for (const content of ['When is the launch?', 'What about the budget?']) {
      await client.post(`/v1/ask/sessions/${id}/messages`, { content });
    }
    const path = `/v1/ask/sessions/${id}/messages?limit=3`;
    const { body: first } = await client.get(path);
    const { body: second } = await client.get(`${path}&cursor=${first.next_cursor}`);
    const messages = [...first.data, ...second.data];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(messages[0]).toMatchObject({
      parts: [{ type: 'text', text: 'When is the launch?' }],
      tokens: null,
      model: null,
      provider: null,
      finish_reason: null,
    });
    expect(messages[1].sources[0].recording_id).toBe(recording.id);
    expect([first.has_more, second.has_more]).toEqual([true, false]);
  });

  test('400: a cursor of another list', async () => {
    const { id } = await aSession();
    await aSession();
    const cursor = (await client.get('/v1/ask/sessions?limit=1')).body.next_cursor;
    expect((await client.get(`/v1/ask/sessions/${id}/messages?cursor=${cursor}`)).status).toBe(400);
  });

  test('404: unknown', async () => {
    expect((await client.get('/v1/ask/sessions/as_unknown/messages')).status).toBe(404);
  });
});

describe('PATCH /v1/ask/sessions/{id}', () => {
  const patch = (id: string, body: object) => client.send('PATCH', `/v1/ask/sessions/${id}`, { body });

  test('200: the new title stands in the session and in the list, whose order stays', async () => {
    const { id } = await aSession({ title: 'Old' });
    const later = await aSession();
    const { status, body } = await patch(id, { title: '  The launch  ' });
    expect([status, body.title]).toEqual([200, 'The launch']);
    expect((await client.get(`/v1/ask/sessions/${id}`)).body).toEqual(body);
    expect(ids((await client.get('/v1/ask/sessions?limit=2')).body.data)).toEqual([later.id, id]);
  });

  test.each([{ title: ' ' }, { title: 'a'.repeat(201) }, {}, { title: 'a', scope: {} }])('400: %j', async (body) => {
    const { id } = await aSession({ title: 'Old' });
    expect((await patch(id, body)).status).toBe(400);
  });
});

describe('DELETE /v1/ask/sessions/{id}', () => {
  test('204: the session and its messages are gone', async () => {
    const { id } = await aSession({ initial_message: { content: 'When is the launch?' } }).then((made) => ({
      id: (made as unknown as { session_id: string }).session_id,
    }));
    expect((await client.delete(`/v1/ask/sessions/${id}`)).status).toBe(204);
    for (const path of [id, `${id}/messages`]) {
      expect((await client.get(`/v1/ask/sessions/${path}`)).status).toBe(404);
    }
    expect((await client.post(`/v1/ask/sessions/${id}/messages`, { content: 'a' })).status).toBe(404);
    expect((await client.delete(`/v1/ask/sessions/${id}`)).status).toBe(404);
    expect(ids((await client.get('/v1/ask/sessions?limit=100')).body.data)).not.toContain(id);
  });
});

describe('a session whose ground is gone', () => {
  test('404: its recording was deleted', async () => {
    const { recording: gone } = await anAskableRecording(client);
    const { id } = await aSession({ scope: { type: 'recording', recording_id: gone.id }, end_user_id: undefined });
    await client.delete(`/v1/recordings/${gone.id}`);
    expect((await client.get(`/v1/ask/sessions/${id}`)).status).toBe(404);
    expect(ids((await client.get('/v1/ask/sessions?limit=100')).body.data)).not.toContain(id);
  });

  test('404: its end user was deleted', async () => {
    const owner = await anEndUser(client);
    const { id } = await aSession({ end_user_id: owner.id });
    await client.delete(`/v1/end_users/${owner.id}`);
    expect((await client.get(`/v1/ask/sessions/${id}`)).status).toBe(404);
    expect((await client.post(`/v1/ask/sessions/${id}/messages`, { content: 'a' })).status).toBe(404);
    expect(ids((await client.get('/v1/ask/sessions?limit=100')).body.data)).not.toContain(id);
  });
});
