import { SEGMENTS } from '../../support/builders.ts';
import type { HeldCall } from '../../support/holding-mongo.ts';
import { type Scene, untilDecided, untilOver } from './scene.ts';
import type { PairStack } from './stack.ts';

export interface Operation {
  /** The call between its look and its write. */
  held(scene: Scene): HeldCall;
  /** Resolves once the service has taken it; what goes on afterwards is noted in the scene. */
  run(scene: Scene, stack: PairStack): Promise<unknown>;
}

const insert = (collection: string, ...about: string[]): HeldCall => ({ command: 'insert', collection, about });

/** @returns where the import can be watched; null where it was refused */
async function importInto(scene: Scene): Promise<string | null> {
  const path = `/v1/recordings/${scene.recordingId}/transcriptions`;
  const { status, body } = await untilDecided((headers) => scene.client.post(path, { segments: SEGMENTS }, headers));
  if (status !== 202) return null;
  const location = `/v1/transcriptions/${body.id}`;
  scene.accepted.push(location);
  return location;
}

async function askIn(scene: Scene, content: string, more: Record<string, string> = {}): Promise<string | null> {
  const path = `/v1/ask/sessions/${scene.sessionId}/messages`;
  const headers = { prefer: 'respond-async', ...more };
  const answer = await untilDecided((key) => scene.client.post(path, { content }, { ...headers, ...key }));
  const location = answer.headers.get('location');
  if (location !== null) scene.accepted.push(location);
  return location;
}

/** What the service does at once with others, each as a client or an operator starts it. */
export const OPERATIONS: Record<string, Operation> = {
  import: {
    held: ({ recordingId }) => insert('segment_pages', recordingId),
    run: importInto,
  },
  replace: {
    held: ({ recordingId }) => ({ command: 'update', collection: 'recordings', about: recordingId }),
    run: importInto,
  },
  publish: {
    held: ({ recordingId }) => insert('imports', recordingId, '/completed'),
    async run(scene) {
      const location = await importInto(scene);
      if (location !== null) await untilOver(scene.client, location);
    },
  },
  'delete recording': {
    held: ({ recordingId }) => insert('tombstones', recordingId),
    run: ({ client, recordingId }) => untilDecided(() => client.delete(`/v1/recordings/${recordingId}`)),
  },
  'delete end user': {
    held: ({ endUserId }) => insert('tombstones', endUserId),
    run: ({ client, endUserId }) => untilDecided(() => client.delete(`/v1/end_users/${endUserId}`)),
  },
  'create session': {
    held: ({ endUserId }) => insert('sessions', endUserId),
    run: ({ client, recordingId }) => {
      const scope = { type: 'recording', recording_id: recordingId };
      return untilDecided((headers) => client.post('/v1/ask/sessions', { scope }, headers));
    },
  },
  ask: {
    held: ({ sessionId }) => insert('messages', sessionId),
    run: (scene) => askIn(scene, 'What was said?'),
  },
  stream: {
    held: ({ sessionId }) => insert('feed_batches', sessionId),
    async run(scene) {
      const location = await askIn(scene, 'What was said aloud?');
      if (location !== null) await scene.client.get(`${location}/events`).catch(() => null);
    },
  },
  cancel: {
    held: ({ sessionId }) => ({ command: 'update', collection: 'turns', about: sessionId }),
    async run(scene) {
      const location = await askIn(scene, 'Never mind.');
      if (location !== null) await untilDecided(() => scene.client.post(`${location}/cancel`));
    },
  },
  'continue-as-new': {
    held: ({ sessionId }) => insert('messages', sessionId),
    async run(scene) {
      for (const content of ['First', 'Second', 'Third', 'Fourth']) await askIn(scene, content);
    },
  },
  retention: {
    held: ({ sessionId }) => insert('tombstones', sessionId),
    run: ({ client, sessionId }, { expire }) => expire(client.projectId, sessionId),
  },
};
