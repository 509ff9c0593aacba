import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from './client.ts';

/** Things that tests need to be there, made through the API. Each returns what the API answered. */

export async function anEndUser(client: Client, fields: object = {}) {
  return made(await client.post('/v1/end_users', fields));
}

export async function aRecording(client: Client, endUserId: string | undefined, fields: object = {}) {
  return made(await client.post('/v1/recordings', { end_user_id: endUserId, name: 'Weekly sync', ...fields }));
}

export const SEGMENTS = [
  { start: 0, end: 5, speaker: 'Ana', text: 'Welcome to the weekly sync about the mobile app.' },
  { start: 62, end: 70.5, speaker: 'Ben', text: 'The launch moved to May twelve because the review is late.' },
  { start: 75, end: 81, speaker: 'Ana', text: 'Then the budget for the advertising stays at nine thousand euros.' },
];

/** Imports a transcript and waits until it can be asked. */
export async function aTranscript(client: Client, recordingId: string, segments: object[] = SEGMENTS) {
  const { id } = made(await client.post(`/v1/recordings/${recordingId}/transcriptions`, { language: 'en', segments }));
  return indexed(client, id);
}

/** An end user with one recording that can be asked. */
export async function anAskableRecording(client: Client, segments = SEGMENTS) {
  const endUser = await anEndUser(client);
  const recording = await aRecording(client, endUser.id);
  const transcription = await aTranscript(client, recording.id, segments);
  return { endUser, recording, transcription };
}

/** Waits for the end of an import. */
export async function indexed(client: Client, transcriptionId: string) {
  for (let tries = 0; tries < 300; tries++) {
    const { body } = await client.get(`/v1/transcriptions/${transcriptionId}`);
    if (body.status !== 'processing') return body;
    await sleep(100);
  }
  throw new Error(`${transcriptionId} was not indexed in time`);
}

/** Waits until the turn has one of the statuses. */
export function turnWith(client: Client, location: string, statuses: readonly string[]) {
  return turnWhere(client, location, ({ status }) => statuses.includes(status));
}

/** Waits until the turn is as wanted. */
export async function turnWhere(
  client: Client,
  location: string,
  wanted: (turn: { status: string; attempt: number }) => boolean,
) {
  for (let tries = 0; tries < 300; tries++) {
    const { body } = await client.get(location);
    if (wanted(body)) return body;
    await sleep(50);
  }
  throw new Error(`${location} did not become as wanted in time`);
}

function made({ status, body }: Answer) {
  if (status >= 300) throw new Error(`could not build: ${status} ${JSON.stringify(body)}`);
  return body;
}
