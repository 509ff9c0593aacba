import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type ChaosClient, got } from './client.ts';

const made = z.object({ id: z.string() });
const SEGMENTS = [
  { start: 0, end: 5, speaker: 'Ana', text: 'Welcome to the weekly sync about the mobile app.' },
  { start: 62, end: 70, speaker: 'Ben', text: 'The launch moved to May twelve because the review is late.' },
];

/** An end user with one meeting that can be asked. @returns places of sessions over it, by transcript and by retrieval. */
export async function aMeeting(client: ChaosClient): Promise<object[]> {
  const { id: endUserId } = await got(client.post('/v1/end_users', {}), made);
  const recording = await got(client.post('/v1/recordings', { end_user_id: endUserId, name: 'Weekly sync' }), made);
  const place = `/v1/recordings/${recording.id}/transcriptions`;
  const { id } = await got(client.post(place, { segments: SEGMENTS }), made);
  await indexed(client, id);
  return [
    { scope: { type: 'recording', recording_id: recording.id } },
    { scope: { type: 'library' }, end_user_id: endUserId },
  ];
}

async function indexed(client: ChaosClient, id: string): Promise<void> {
  const state = z.object({ status: z.string() });
  while ((await got(client.get(`/v1/transcriptions/${id}`), state)).status === 'processing') await sleep(100);
}
