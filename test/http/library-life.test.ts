import { Connection, Client as TemporalClient } from '@temporalio/client';
import type { Connection as Mongo } from 'mongoose';
import { connectMongo } from '../../src/mongo/index.ts';
import { anEndUser, aRecording, aTranscript, SEGMENTS } from '../support/builders.ts';
import type { Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;
let client: Client;
let mongo: Mongo;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  mongo = await connectMongo(service.settings.MONGODB_URI as string, { appName: 'test' });
}, 60_000);
afterAll(async () => {
  await mongo?.close();
  await service?.stop();
});

test('a follow-up that says nothing by itself finds what the conversation is about', async () => {
  const endUser = await anEndUser(client);
  const launch = await aRecording(client, endUser.id, { name: 'Launch' });
  await aTranscript(client, launch.id);
  for (const topic of ['catering', 'parking', 'holidays']) {
    const other = await aRecording(client, endUser.id, { name: topic });
    const talk = `Then about ${topic}: the exact moment for ${topic} is when everybody agrees on ${topic}.`;
    await aTranscript(client, other.id, [{ ...SEGMENTS[0], text: talk }]);
  }
  const { body: first } = await client.post('/v1/ask/sessions', {
    scope: { type: 'library' },
    end_user_id: endUser.id,
    initial_message: { content: 'Why did the launch move?' },
  });
  expect(first.sources[0].recording_id).toBe(launch.id);
  const path = `/v1/ask/sessions/${first.session_id}/messages`;
  const { body: followUp } = await client.post(path, { content: 'And when exactly?' });
  expect(followUp.sources[0].recording_id).toBe(launch.id);
  expect(followUp.message.content).toContain('May twelve');
}, 60_000);

test('a recording that is deleted while it is indexed leaves nothing behind', async () => {
  const endUser = await anEndUser(client);
  const recording = await aRecording(client, endUser.id);
  const segments = Array.from({ length: 4_000 }, (_, i) => ({
    start: i,
    end: i + 1,
    speaker: i % 2 === 0 ? 'Ana' : 'Ben',
    text: `Sentence number ${i} about the launch, the budget and the review that is late.`,
  }));
  const imported = await client.post(`/v1/recordings/${recording.id}/transcriptions`, { segments });
  expect(imported.status).toBe(202);
  expect((await client.delete(`/v1/recordings/${recording.id}`)).status).toBe(202);
  expect((await client.get(`/v1/recordings/${recording.id}`)).status).toBe(404);
  // Only when the indexing has ended too can it write nothing more.
  const temporal = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS as string });
  await new TemporalClient({ connection: temporal }).workflow
    .getHandle(`index-transcript/${imported.body.id}`)
    .result();
  await temporal.close();
  const left = async (collection: string) => mongo.collection(collection).countDocuments({ endUserId: endUser.id });
  const collections = ['recordings', 'transcriptions', 'segment_pages', 'chunks'];
  await eventually(async () => (await Promise.all(collections.map(left))).every((count) => count === 0));
  const { body } = await client.post('/v1/recordings/search', { query: 'launch budget', end_user_id: endUser.id });
  expect(body.results).toEqual([]);
}, 120_000);
