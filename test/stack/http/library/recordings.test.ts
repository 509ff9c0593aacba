import { anEndUser, aRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let endUser: { id: string };

beforeAll(async () => {
  service = await startService({ worker: false });
  client = await service.client();
  endUser = await anEndUser(client);
}, 60_000);
afterAll(() => service?.stop());

describe('POST /v1/recordings', () => {
  test('201: keeps what it was given, times as UTC', async () => {
    const { status, body } = await client.post('/v1/recordings', {
      end_user_id: endUser.id,
      name: 'Weekly sync',
      device_id: 'phone-1',
      started_at: '2026-05-04T10:00:00+02:00',
      ended_at: '2026-05-04T08:30:00.500Z',
      metadata: { room: 'Oslo' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      device_id: 'phone-1',
      end_user_id: endUser.id,
      name: 'Weekly sync',
      status: 'pending',
      duration_ms: 1_800_500,
      started_at: '2026-05-04T08:00:00.000Z',
      ended_at: '2026-05-04T08:30:00.500Z',
      transcription_id: null,
      metadata: { room: 'Oslo' },
    });
    expect((await client.get(`/v1/recordings/${body.id}`)).body).toEqual(body);
  });

  test('201: a key scoped to an end user may leave the end user out', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    expect((await scoped.post('/v1/recordings', {})).body.end_user_id).toBe(endUser.id);
  });

  test.each([
    ['no end user', {}, 'end_user_id'],
    ['something else than an id', { end_user_id: 'rec_1' }, 'end_user_id'],
    ['a time without an offset', { end_user_id: 'eu_1', started_at: '2026-05-04T10:00:00' }, 'started_at'],
    ['a day that is not', { end_user_id: 'eu_1', started_at: '2026-02-30T10:00:00Z' }, 'started_at'],
    [
      'an end before its start',
      { end_user_id: 'eu_1', started_at: '2026-05-04T10:00:00Z', ended_at: '2026-05-04T09:00:00Z' },
      'ended_at',
    ],
    ['an unknown field', { end_user_id: 'eu_1', status: 'completed' }, 'status'],
  ])('400: %s is refused by name', async (_, body, field) => {
    const answer = await client.post('/v1/recordings', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.field).toBe(field);
  });

  test('403: a key scoped to an end user names another', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    const other = await anEndUser(client);
    expect((await scoped.post('/v1/recordings', { end_user_id: other.id })).status).toBe(403);
  });

  test('404: an unknown end user', async () => {
    expect((await client.post('/v1/recordings', { end_user_id: 'eu_unknown' })).status).toBe(404);
  });
});

describe('GET /v1/recordings', () => {
  test('200: limit and offset walk the whole list, newest first', async () => {
    const owner = await anEndUser(client);
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.push((await aRecording(client, owner.id)).id);
    const list = (query: string) => client.get(`/v1/recordings?end_user_id=${owner.id}&${query}`);
    const [first, second] = [await list('limit=2'), await list('limit=2&offset=2')];
    const ids = [...first.body.data, ...second.body.data].map((recording) => recording.id);
    expect(ids).toEqual(made.toReversed());
    expect([first.body.has_more, second.body.has_more]).toEqual([true, false]);
  });

  test('403: a key scoped to an end user asks for another', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    expect((await scoped.get('/v1/recordings?end_user_id=eu_other')).status).toBe(403);
  });

  test.each(['limit=0', 'offset=-1', 'offset=x', 'cursor=x', 'end_user_id=7'])('400: %s', async (query) => {
    expect((await client.get(`/v1/recordings?${query}`)).status).toBe(400);
  });
});

describe('GET /v1/recordings/{id}', () => {
  test.each(['rec_01jd3v9k2m8q4t6w0y5z7a1b3c', 'rec_1', 'nonsense', '%00', '%zz', 'search'])('404: %s', async (id) => {
    expect((await client.get(`/v1/recordings/${id}`)).status).toBe(404);
  });
});

describe('DELETE /v1/recordings/{id}', () => {
  test('202: the recording is gone at once', async () => {
    const { id } = await aRecording(client, endUser.id);
    const { status, body } = await client.delete(`/v1/recordings/${id}`);
    expect(status).toBe(202);
    expect(body).toEqual({ id, status: 'deleting' });
    expect((await client.get(`/v1/recordings/${id}`)).status).toBe(404);
    expect((await client.delete(`/v1/recordings/${id}`)).status).toBe(404);
  });
});
