import { anEndUser, aRecording, aTranscript } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

describe('POST /v1/recordings/search', () => {
  let service: Service;
  let client: Client;
  let endUser: { id: string };
  let spring: { id: string };
  let autumn: { id: string };

  beforeAll(async () => {
    service = await startService();
    client = await service.client();
    endUser = await anEndUser(client);
    spring = await withTalk('2026-04-01T09:00:00Z', 'The launch of the mobile app is planned for early spring.');
    autumn = await withTalk('2026-10-01T09:00:00Z', 'The launch of the mobile app was moved to late autumn.');
  }, 120_000);
  afterAll(() => service?.stop());

  async function withTalk(started_at: string, text: string) {
    const recording = await aRecording(client, endUser.id, { started_at });
    await aTranscript(client, recording.id, [{ start: 3, end: 9, speaker: 'Ana', text }]);
    return recording;
  }

  const search = (fields: object = {}) =>
    client.post('/v1/recordings/search', { query: 'launch of the app', end_user_id: endUser.id, ...fields });
  const found = async (fields: object = {}) =>
    (await search(fields)).body.results.map((source: { recording_id: string }) => source.recording_id).toSorted();

  test('200: passages with their place and score, best first', async () => {
    const { status, body } = await search({ query: 'late autumn' });
    expect(status).toBe(200);
    expect(body.results[0]).toMatchObject({
      recording_id: autumn.id,
      speaker: 'Ana',
      start_ms: 3_000,
      end_ms: 9_000,
      recorded_at: '2026-10-01T09:00:00.000Z',
    });
    expect(body.results[0].chunk_text).toContain('late autumn');
    const scores = body.results.map((source: { score: number }) => source.score);
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a));
  });

  test('200: what was said late in an hour of one segment is found, and little else with it', async () => {
    const said = Array.from({ length: 9_000 }, (_, i) => ['so', 'then', 'we', 'go', 'on'][i % 5]).join(' ');
    const other = await anEndUser(client);
    const { id } = await aRecording(client, other.id);
    await aTranscript(client, id, [{ start: 0, end: 3600, text: `${said} The zebra crossing was painted violet.` }]);
    const { body } = await search({ query: 'violet zebra crossing', end_user_id: other.id });
    expect(body.results[0]).toMatchObject({ recording_id: id, end_ms: 3_600_000 });
    // The passage begins where its words do, not where the segment does.
    expect(body.results[0].start_ms).toBeGreaterThan(3_400_000);
    expect(body.results[0].chunk_text).toContain('painted violet');
    expect(body.results[0].chunk_text.length).toBeLessThan(4_000);
  }, 60_000);

  test('200: each filter changes the result', async () => {
    expect(await found()).toEqual([spring.id, autumn.id].toSorted());
    expect(await found({ recording_ids: [spring.id] })).toEqual([spring.id]);
    expect(await found({ recorded_after: '2026-06-01T00:00:00Z' })).toEqual([autumn.id]);
    expect(await found({ recorded_before: '2026-06-01T00:00:00+02:00' })).toEqual([spring.id]);
    expect(await found({ limit: 1 })).toHaveLength(1);
  });

  test('200: another end user finds nothing of it', async () => {
    const other = await anEndUser(client);
    expect(await found({ end_user_id: other.id })).toEqual([]);
  });

  test('200: a key scoped to an end user may leave the end user out', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    const { body } = await scoped.post('/v1/recordings/search', { query: 'launch' });
    expect(body.results).toHaveLength(2);
  });

  test.each([
    ['no query', { query: undefined }, 'query'],
    ['white space', { query: '  ' }, 'query'],
    ['a long query', { query: 'x'.repeat(1_001) }, 'query'],
    ['no end user', { end_user_id: undefined }, 'end_user_id'],
    ['limit 51', { limit: 51 }, 'limit'],
    ['a limit in words', { limit: '8' }, 'limit'],
    ['a date without a time', { recorded_after: '2026-01-01' }, 'recorded_after'],
    ['an unknown field', { offset: 1 }, 'offset'],
  ])('400: %s is refused by name', async (_, fields, field) => {
    const { status, body } = await search(fields);
    expect(status).toBe(400);
    expect(body.error.details.field).toBe(field);
  });

  test('403: a key scoped to an end user names another', async () => {
    const scoped = await service.client({ projectId: client.projectId, endUserId: endUser.id });
    const body = { query: 'launch', end_user_id: 'eu_other' };
    expect((await scoped.post('/v1/recordings/search', body)).status).toBe(403);
  });

  test("404: an unknown end user, and another end user's recording", async () => {
    const other = await anEndUser(client);
    expect((await search({ end_user_id: 'eu_unknown' })).status).toBe(404);
    expect((await search({ end_user_id: other.id, recording_ids: [spring.id] })).status).toBe(404);
  });
});
