import { anEndUser, aRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let owner: { id: string };

beforeAll(async () => {
  service = await startService({ worker: false });
  client = await service.client();
  owner = await anEndUser(client);
}, 60_000);
afterAll(() => service?.stop());

let used = 0;
const freshId = () => `file ${used++}`;

/** What has external ids: where it is made, and the body that makes it. */
const KINDS = [
  ['end user', '/v1/end_users', (fields: object) => fields],
  ['recording', '/v1/recordings', (fields: object) => ({ end_user_id: owner.id, ...fields })],
] as const;

describe.each(KINDS)('the external id of an %s', (_kind, path, bodyOf) => {
  const create = (fields: object, query = '', headers = {}) => client.post(`${path}${query}`, bodyOf(fields), headers);

  test('201, then 409 with the id of what has it, which stays as it is', async () => {
    const external_id = freshId();
    const first = await create({ external_id, name: 'First' });
    expect(first).toMatchObject({ status: 201, body: { external_id, name: 'First' } });
    const second = await create({ external_id, name: 'Second' });
    expect(second).toMatchObject({
      status: 409,
      body: { error: { code: 'already_exists', details: { id: first.body.id } } },
    });
    expect((await client.get(`${path}/${first.body.id}`)).body).toEqual(first.body);
  });

  test('of POSTs at once one is a 201, and the others are 409 that name it', async () => {
    for (let round = 0; round < 10; round++) {
      const external_id = freshId();
      const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => create({ external_id, name: `${i}` })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
      const made = answers.find(({ status }) => status === 201)?.body.id;
      const named = answers.flatMap(({ status, body }) => (status === 409 ? [body.error.details.id] : []));
      expect(new Set(named)).toEqual(new Set([made]));
      const { body } = await client.get(`${path}?external_id=${encodeURIComponent(external_id)}`);
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([made]);
    }
  });

  test('with upsert: 201 where it is unknown; 200 where it is known, and given fields replace', async () => {
    const external_id = freshId();
    const first = await create({ external_id, name: 'First', metadata: { a: 1 } }, '?upsert=true');
    expect(first.status).toBe(201);
    const second = await create({ external_id, metadata: { b: [2] } }, '?upsert=true');
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, name: 'First', metadata: { b: [2] } } });
    expect(second.body).toEqual({ ...first.body, metadata: { b: [2] } });
    expect((await client.get(`${path}/${first.body.id}`)).body).toEqual(second.body);
  });

  test('upserts at once make it once', async () => {
    const external_id = freshId();
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ external_id }, '?upsert=true')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('is free from the 202 of a DELETE on', async () => {
    const external_id = freshId();
    const ids = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const { status, body } = await create({ external_id });
      expect(status).toBe(201);
      ids.add(body.id);
      expect((await client.delete(`${path}/${body.id}`)).status).toBe(202);
      expect((await client.get(`${path}/${body.id}`)).status).toBe(404);
    }
    expect(ids.size).toBe(3);
  });

  test('a repeated request gets its own outcome, and one with another query is another request', async () => {
    const external_id = freshId();
    const key = { 'idempotency-key': `key of ${path} ${external_id}` };
    const first = await create({ external_id }, '', key);
    const again = await create({ external_id }, '', key);
    expect([again.status, again.body.id, again.headers.get('idempotent-replayed')]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
    expect((await create({ external_id }, '?upsert=true', key)).status).toBe(422);
    await client.delete(`${path}/${first.body.id}`);
    expect((await create({ external_id })).status).toBe(201);
    expect((await create({ external_id }, '', key)).status).toBe(404);
  });

  test('a repeated upsert changes nothing a second time', async () => {
    const external_id = freshId();
    await create({ external_id });
    const key = { 'idempotency-key': `upsert of ${path} ${external_id}` };
    expect((await create({ external_id, name: 'Once' }, '?upsert=true', key)).status).toBe(200);
    await create({ external_id, name: 'Later' }, '?upsert=true');
    const replayed = await create({ external_id, name: 'Once' }, '?upsert=true', key);
    expect(replayed).toMatchObject({ status: 200, body: { name: 'Later' } });
  });

  test.each([
    ['upsert without an external id', {}, '?upsert=true', 'external_id'],
    ['something else than a switch', { external_id: 'x' }, '?upsert=yes', 'upsert'],
    ['an empty external id', { external_id: '' }, '', 'external_id'],
  ])('400: %s', async (_, fields, query, field) => {
    const { status, body } = await create(fields, query);
    expect([status, body.error?.details.field]).toEqual([400, field]);
  });
});

test('an external id of a recording is unique within its end user alone', async () => {
  const external_id = freshId();
  const other = await anEndUser(client);
  const made = await Promise.all([
    aRecording(client, owner.id, { external_id }),
    aRecording(client, other.id, { external_id }),
  ]);
  const both = await client.get(`/v1/recordings?external_id=${encodeURIComponent(external_id)}`);
  expect(both.body.data.map(({ id }: { id: string }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
  const scoped = await service.client({ projectId: client.projectId, endUserId: other.id });
  const own = await scoped.get(`/v1/recordings?external_id=${encodeURIComponent(external_id)}`);
  expect(own.body.data.map(({ id }: { id: string }) => id)).toEqual([made[1]?.id]);
  const taken = await scoped.post('/v1/recordings', { external_id });
  expect(taken.body.error.details.id).toBe(made[1]?.id);
});

test('an upsert that would end a recording before its start is refused, and changes nothing', async () => {
  const external_id = freshId();
  const made = await aRecording(client, owner.id, { external_id, started_at: '2026-05-04T10:00:00Z' });
  const body = { end_user_id: owner.id, external_id, name: 'Later', ended_at: '2026-05-04T09:00:00Z' };
  const { status, body: answer } = await client.post('/v1/recordings?upsert=true', body);
  expect([status, answer.error.details.field]).toEqual([400, 'ended_at']);
  expect((await client.get(`/v1/recordings/${made.id}`)).body).toEqual(made);
});
