import { setTimeout as sleep } from 'node:timers/promises';
import { anEndUser, aRecording, aTranscript } from '../../support/builders.ts';
import type { Answer, Client } from '../../support/client.ts';

/** What the operations of one cell act on: an end user with a recording that can be asked, and a session over it. */
export interface Scene {
  client: Client;
  endUserId: string;
  recordingId: string;
  sessionId: string;
  /** Imports and turns that were accepted: each must come to an end. */
  imports: string[];
  turns: string[];
}

export async function aScene(client: Client): Promise<Scene> {
  const { id: endUserId } = await anEndUser(client);
  const { id: recordingId } = await aRecording(client, endUserId);
  await aTranscript(client, recordingId);
  const scope = { type: 'recording', recording_id: recordingId };
  const { body } = await client.post('/v1/ask/sessions', { scope });
  return { client, endUserId, recordingId, sessionId: body.id, imports: [], turns: [] };
}

const OVER = ['completed', 'failed', 'cancelled', 'replaced'];
/** What a client does not repeat. */
const isLast = ({ status }: Answer) => ![429, 503, 504].includes(status);

/** Sends a request until it is answered by something else than to come back, as a client does; with one key. */
export async function untilDecided(send: (headers: Record<string, string>) => Promise<Answer>): Promise<Answer> {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  for (;;) {
    const answer = await send(headers).catch(() => null);
    if (answer !== null && isLast(answer)) return answer;
    await sleep(100);
  }
}

/** Waits until everything that was accepted has its end, or is gone. */
export async function settled({ client, imports, turns }: Scene): Promise<void> {
  for (const path of [...imports.map((id) => `/v1/transcriptions/${id}`), ...turns]) {
    for (;;) {
      const { status, body } = await untilDecided(() => client.get(path));
      if (status === 404 || OVER.includes(body.status)) break;
      await sleep(50);
    }
  }
}

/** What must hold of a scene whatever happened: a recording that stands can be asked; one that is gone is gone whole. */
export async function expectSound(scene: Scene): Promise<void> {
  const { client, recordingId, sessionId } = scene;
  const recording = await untilImported(scene);
  if (recording.status === 404) {
    expect((await client.get(`/v1/ask/sessions/${sessionId}`)).status).toBe(404);
    return;
  }
  expect(recording.body.status).toBe('completed');
  const scope = { type: 'recording', recording_id: recordingId };
  const body = { scope, initial_message: { content: 'When is the launch?' } };
  const asked = await untilDecided((headers) => client.post('/v1/ask/sessions', body, headers));
  expect([asked.status, asked.body.message?.content]).toEqual([200, expect.stringContaining('May twelve')]);
}

/** A transcription is completed a moment before its recording says so. */
async function untilImported({ client, recordingId }: Scene) {
  for (;;) {
    const recording = await client.get(`/v1/recordings/${recordingId}`);
    if (recording.body.status !== 'processing') return recording;
    await sleep(50);
  }
}
