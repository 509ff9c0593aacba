import { anEndUser, aRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;

beforeAll(async () => {
  service = await startService({ worker: false });
  client = await service.client();
}, 60_000);
afterAll(() => service?.stop());

describe('POST /v1/end_users', () => {
  test('201: keeps what it was given', async () => {
    const given = { external_id: 'crm-7', name: 'Ana', metadata: { tier: { level: 2 }, grid: [[1, 2], []] } };
    const { status, body } = await client.post('/v1/end_users', given);
    expect(status).toBe(201);
    expect(body).toMatchObject(given);
    expect((await client.get(`/v1/end_users/${body.id}`)).body).toEqual(body);
  });

  test('201: everything may be left out', async () => {
    const { status, body } = await client.post('/v1/end_users', {});
    expect(status).toBe(201);
    expect(body).toMatchObject({ external_id: null, name: null, metadata: {} });
  });

  test.each([
    ['an unknown field', { nick: 'x' }, 'nick'],
    ['an empty name', { name: '' }, 'name'],
    ['a number as a name', { name: 7 }, 'name'],
    ['a list as metadata', { metadata: [] }, 'metadata'],
    ['an operator as a metadata key', { metadata: { $where: 1 } }, 'metadata.$where'],
    ['an operator deeper in the metadata', { metadata: { a: { $gt: 1 } } }, 'metadata'],
    ['a path as a metadata key', { metadata: { 'a.b': 1 } }, 'metadata.a.b'],
    ['too much metadata', { metadata: { a: 'x'.repeat(16_400) } }, 'metadata'],
  ])('400: %s is refused by name', async (_, body, field) => {
    const answer = await client.post('/v1/end_users', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_request', details: { field } });
  });

  test('403: a key scoped to an end user creates no other', async () => {
    const { id } = await anEndUser(client);
    const scoped = await service.client({ projectId: client.projectId, endUserId: id });
    expect((await scoped.post('/v1/end_users', {})).status).toBe(403);
  });
});

describe('GET /v1/end_users', () => {
  test('200: pages show each end user once', async () => {
    const own = await service.client();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await anEndUser(own)).id);
    const seen: string[] = [];
    let path = '/v1/end_users?limit=2';
    for (let page = await own.get(path); ; page = await own.get(path)) {
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      if (!page.body.has_more) break;
      path = `/v1/end_users?limit=2&cursor=${page.body.next_cursor}`;
    }
    expect(seen.toSorted()).toEqual(made.toSorted());
  });

  test('200: finds by external id', async () => {
    const endUser = await anEndUser(client, { external_id: 'only-one' });
    const { body } = await client.get('/v1/end_users?external_id=only-one');
    expect(body.data).toEqual([endUser]);
  });

  test('200: a key scoped to an end user sees that one alone', async () => {
    const { id } = await anEndUser(client);
    const scoped = await service.client({ projectId: client.projectId, endUserId: id });
    const { body } = await scoped.get('/v1/end_users');
    expect(body.data.map((endUser: { id: string }) => endUser.id)).toEqual([id]);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=e30', 'cursor'],
    ['colour=red', 'colour'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await client.get(`/v1/end_users?${query}`);
    expect(status).toBe(400);
    expect(body.error.details.field).toBe(field);
  });
});

describe('GET /v1/end_users/{id}', () => {
  test('404: unknown', async () => {
    expect((await client.get('/v1/end_users/eu_01jd3v9k2m8q4t6w0y5z7a1b3c')).status).toBe(404);
  });
});

describe('DELETE /v1/end_users/{id}', () => {
  test('202: the end user and all that is theirs is gone at once', async () => {
    const endUser = await anEndUser(client);
    const recording = await aRecording(client, endUser.id);
    const { status, body } = await client.delete(`/v1/end_users/${endUser.id}`);
    expect(status).toBe(202);
    expect(body).toEqual({ id: endUser.id, status: 'deleting' });
    expect((await client.get(`/v1/end_users/${endUser.id}`)).status).toBe(404);
    expect((await client.get(`/v1/recordings/${recording.id}`)).status).toBe(404);
    expect((await client.get(`/v1/recordings?end_user_id=${endUser.id}`)).body.data).toEqual([]);
    expect((await client.post('/v1/recordings', { end_user_id: endUser.id })).status).toBe(404);
  });

  test('404: unknown, or already deleted', async () => {
    const { id } = await anEndUser(client);
    await client.delete(`/v1/end_users/${id}`);
    expect((await client.delete(`/v1/end_users/${id}`)).status).toBe(404);
  });
});
