import { connectMongo, createStores } from '../../../../src/adapters/mongo/index.ts';
import { createPassageRetriever } from '../../../../src/adapters/pinecone/passage-retriever.ts';
import { endUserId } from '../../../../src/http/kernel/schemas/id-schemas.ts';
import { systemClock } from '../../../../src/runtime/clock-and-ids.ts';
import { anAskableRecording, anEndUser, aRecording, aTranscript } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let owner: { id: string };

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  owner = await anEndUser(client);
}, 120_000);
afterAll(() => service?.stop());

const patch = (id: string, body: object, by = client) => by.send('PATCH', `/v1/recordings/${id}`, { body });

describe('PATCH /v1/recordings/{id}', () => {
  test('200: given fields replace, null clears, the others stay', async () => {
    const made = await aRecording(client, owner.id, {
      ...{ name: 'Standup', device_id: 'phone', external_id: 'patched', metadata: { a: 1, b: { c: [2] } } },
      ...{ started_at: '2026-05-04T08:00:00Z', ended_at: '2026-05-04T08:30:00Z' },
    });
    const renamed = await patch(made.id, { name: 'Retro', metadata: { d: 3 } });
    expect(renamed).toMatchObject({ status: 200, body: { ...made, name: 'Retro', metadata: { d: 3 } } });
    const moved = await patch(made.id, { started_at: '2026-05-04T10:15:00+02:00' });
    expect(moved.body).toEqual({ ...renamed.body, started_at: '2026-05-04T08:15:00.000Z', duration_ms: 900_000 });
    const cleared = await patch(made.id, { name: null, started_at: null, ended_at: null, metadata: null });
    const empty = { name: null, started_at: null, ended_at: null, duration_ms: null, metadata: {} };
    expect(cleared.body).toEqual({ ...moved.body, ...empty });
    expect((await client.get(`/v1/recordings/${made.id}`)).body).toEqual(cleared.body);
    expect((await patch(made.id, {})).body).toEqual(cleared.body);
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ status: 'failed' }, 'status'],
    [{ external_id: 'x' }, 'external_id'],
    [{ started_at: '2026-05-04' }, 'started_at'],
    [{ started_at: '2026-05-05T08:00:00Z' }, 'ended_at'],
    [{ metadata: { 'a.b': 1 } }, 'metadata.a.b'],
  ])('400: %j', async (body, field) => {
    const made = await aRecording(client, owner.id, { ended_at: '2026-05-04T08:30:00Z' });
    const answer = await patch(made.id, body);
    expect([answer.status, answer.body.error?.details.field]).toEqual([400, field]);
    expect((await client.get(`/v1/recordings/${made.id}`)).body).toEqual(made);
  });

  test('404: of another end user', async () => {
    const { id } = await aRecording(client, owner.id);
    const scoped = await service.client({ projectId: client.projectId, endUserId: (await anEndUser(client)).id });
    expect((await patch(id, { name: 'Mine' }, scoped)).status).toBe(404);
  });

  test('the duration of a transcript stays', async () => {
    const { recording } = await anAskableRecording(client);
    const { body } = await patch(recording.id, {
      started_at: '2026-05-04T08:00:00Z',
      ended_at: '2026-05-04T09:00:00Z',
    });
    expect(body.duration_ms).toBe(81_000);
  });
});

describe('a new date', () => {
  const LAUNCH = { query: 'When is the launch?' };
  const search = async (end_user_id: string, window: object) => {
    const { body } = await client.post('/v1/recordings/search', { ...LAUNCH, end_user_id, ...window });
    return body.results.map((source: { recorded_at: string }) => source.recorded_at);
  };
  const MARCH = { recorded_after: '2026-03-01T00:00:00Z', recorded_before: '2026-03-31T00:00:00Z' };
  const MAY = { recorded_after: '2026-05-01T00:00:00Z', recorded_before: '2026-05-31T00:00:00Z' };

  test('decides at once what a search finds, whatever the index says', async () => {
    const endUser = await anEndUser(client);
    const recording = await aRecording(client, endUser.id, { started_at: '2026-03-04T08:00:00Z' });
    await aTranscript(client, recording.id);
    expect(await search(endUser.id, MARCH)).toContain('2026-03-04T08:00:00.000Z');
    await patch(recording.id, { started_at: '2026-05-04T08:00:00Z' });
    expect(await search(endUser.id, MARCH)).toEqual([]);
    expect(await search(endUser.id, MAY)).toContain('2026-05-04T08:00:00.000Z');
    await patch(recording.id, { started_at: null });
    expect(await search(endUser.id, MAY)).toEqual([]);
    expect(await search(endUser.id, {})).toContain(null);
  }, 60_000);

  test('an upsert with a new date does the same; one with the date that it has starts nothing', async () => {
    const endUser = await anEndUser(client);
    const body = { end_user_id: endUser.id, external_id: 'dated', started_at: '2026-03-04T08:00:00Z' };
    const { body: recording } = await client.post('/v1/recordings?upsert=true', body);
    await aTranscript(client, recording.id);
    await client.post('/v1/recordings?upsert=true', { ...body, started_at: '2026-05-04T08:00:00Z' });
    expect(await search(endUser.id, MAY)).toHaveLength(1);
  }, 60_000);

  test('reaches the index, which then needs no help', async () => {
    const endUser = await anEndUser(client);
    const recording = await aRecording(client, endUser.id, { started_at: '2026-03-04T08:00:00Z' });
    await aTranscript(client, recording.id);
    const tenant = { projectId: client.projectId, mode: 'test', endUserId: endUserId.parse(endUser.id) } as const;
    const index = createPassageRetriever({
      ...{ apiKey: 'sandbox', minDenseScore: 0 },
      ...{ denseHost: `${service.sandboxUrl}/pinecone/dense`, sparseHost: `${service.sandboxUrl}/pinecone/sparse` },
    });
    const indexed = async (recordedAfter: string) =>
      (await index.search(tenant, { texts: [LAUNCH.query], recordedAfter, limit: 8 })).length;
    expect(await indexed('2026-03-01T00:00:00Z')).toBeGreaterThan(0);
    expect(await indexed('2026-05-01T00:00:00Z')).toBe(0);
    for (const day of ['01', '02', '03']) await patch(recording.id, { started_at: `2026-04-${day}T08:00:00Z` });
    await patch(recording.id, { started_at: '2026-05-04T08:00:00Z' });
    await eventually(async () => (await indexed('2026-05-01T00:00:00Z')) > 0);
    const mongo = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'test' });
    const { dateChanges } = createStores(mongo, { clock: systemClock });
    await eventually(async () => (await dateChanges.list(tenant)).length === 0);
    await mongo.close();
    expect(await indexed('2026-05-04T08:00:00Z')).toBeGreaterThan(0);
  }, 60_000);
});
