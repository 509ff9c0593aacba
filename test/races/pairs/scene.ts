import type { SessionId } from '../../../src/domain/shared/ids.ts';
import { anEndUser, aRecording, aTranscript } from '../../support/builders.ts';
import type { Answer, Client } from '../../support/client.ts';
import { pauses } from '../../support/eventually.ts';

/** What the operations of one cell act on: an end user with a recording that can be asked, and a session over it. */
export interface Scene {
  client: Client;
  endUserId: string;
  recordingId: string;
  sessionId: SessionId;
  /** Imports and turns that were accepted, by their paths: each must come to an end. */
  accepted: string[];
}

type Place = Omit<Scene, 'sessionId' | 'accepted'>;

/**
 * Makes scenes. A recording that stands after a cell serves the next one, with a session of its own, because an import
 * costs more than most cells do.
 */
export function sceneMaker(newClient: () => Promise<Client>) {
  const standing: Place[] = [];
  return {
    async make(): Promise<Scene> {
      const place = standing.pop() ?? (await aPlace(await newClient()));
      const scope = { type: 'recording', recording_id: place.recordingId };
      const { body } = await place.client.post('/v1/ask/sessions', { scope });
      return { ...place, sessionId: body.id, accepted: [] };
    },
    /** Waits for the end of what was begun in a scene, and looks at what came of it. @throws where that is not sound */
    async close(scene: Scene): Promise<void> {
      for (const path of scene.accepted) await untilOver(scene.client, path);
      if (await isSound(scene)) standing.push(scene);
    },
  };
}

export type SceneMaker = ReturnType<typeof sceneMaker>;

async function aPlace(client: Client): Promise<Place> {
  const { id: endUserId } = await anEndUser(client);
  const { id: recordingId } = await aRecording(client, endUserId);
  await aTranscript(client, recordingId);
  return { client, endUserId, recordingId };
}

const OVER = ['completed', 'failed', 'cancelled', 'replaced'];
/** What a client does not repeat. */
const isLast = ({ status }: Answer) => ![429, 503, 504].includes(status);

/** Sends a request until it is answered by something else than to come back, as a client does; with one key. */
export async function untilDecided(send: (headers: Record<string, string>) => Promise<Answer>): Promise<Answer> {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  for (const pause = pauses(); ; await pause()) {
    const answer = await send(headers).catch(() => null);
    if (answer !== null && isLast(answer)) return answer;
  }
}

/** Waits until an import or a turn has its end, or is gone. */
export async function untilOver(client: Client, path: string): Promise<void> {
  for (const pause = pauses(); ; await pause()) {
    const { status, body } = await untilDecided(() => client.get(path));
    if (status === 404 || OVER.includes(body.status)) return;
  }
}

/**
 * What must hold of a scene whatever happened: a recording that stands can be asked; one that is gone is gone whole.
 * @returns whether it stands
 */
async function isSound(scene: Scene): Promise<boolean> {
  const { client, recordingId, sessionId } = scene;
  const recording = await untilImported(scene);
  if (recording.status === 404) {
    expect((await client.get(`/v1/ask/sessions/${sessionId}`)).status).toBe(404);
    return false;
  }
  expect(recording.body.status).toBe('completed');
  const scope = { type: 'recording', recording_id: recordingId };
  const body = { scope, initial_message: { content: 'When is the launch?' } };
  const asked = await untilDecided((headers) => client.post('/v1/ask/sessions', body, headers));
  expect([asked.status, asked.body.message?.content]).toEqual([200, expect.stringContaining('May twelve')]);
  return true;
}

/** A transcription is completed a moment before its recording says so. */
async function untilImported({ client, recordingId }: Scene) {
  for (const pause = pauses(); ; await pause()) {
    const recording = await client.get(`/v1/recordings/${recordingId}`);
    if (recording.body.status !== 'processing') return recording;
  }
}
