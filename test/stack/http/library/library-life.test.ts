import { Connection, Client as TemporalClient } from '@temporalio/client';
import type { Connection as Mongo } from 'mongoose';
import { connectMongo } from '../../../../src/adapters/mongo/index.ts';
import { anEndUser, aRecording, aTranscript, SEGMENTS } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let mongo: Mongo;
let temporal: TemporalClient;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  mongo = await connectMongo(service.settings.MONGODB_URI as string, { appName: 'test' });
  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS as string });
  temporal = new TemporalClient({ connection });
}, 60_000);
afterAll(async () => {
  await temporal?.connection.close();
  await mongo?.close();
  await service?.stop();
});

/** How many documents of the end user a collection has. */
const left = (endUser: { id: string }) => (collection: string) =>
  mongo.collection(collection).countDocuments({ endUserId: endUser.id });

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
  await temporal.workflow.getHandle(`index-transcript/${imported.body.id}`).result();
  const collections = ['recordings', 'transcriptions', 'segment_pages', 'chunks'];
  await eventually(async () => (await Promise.all(collections.map(left(endUser)))).every((count) => count === 0));
  const { body } = await client.post('/v1/recordings/search', { query: 'launch budget', end_user_id: endUser.id });
  expect(body.results).toEqual([]);
}, 120_000);

test('an end user with more sessions and recordings than one run can erase leaves nothing behind', async () => {
  const endUser = await anEndUser(client);
  await aRecording(client, endUser.id);
  for (let made = 0; made < 210; made += 15) {
    const open = () => client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUser.id });
    await Promise.all(Array.from({ length: 15 }, open));
  }
  expect(await left(endUser)('sessions')).toBe(210);

  expect((await client.delete(`/v1/end_users/${endUser.id}`)).status).toBe(202);
  const erasure = temporal.workflow.getHandle(`erase/${endUser.id}`);
  // Its last run only waits, to look once more after the longest time that a turn may take.
  const counts = () => Promise.all(['sessions', 'recordings', 'end_users'].map(left(endUser)));
  await eventually(async () => (await counts()).every((count) => count === 0));
  await eventually(async () => {
    const { runId, raw } = await erasure.describe();
    return raw.workflowExecutionInfo?.firstRunId !== runId;
  });
}, 120_000);
