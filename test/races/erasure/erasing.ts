import {
  type EraseDependencies,
  eraseEndUser,
  eraseRecording,
  eraseSession,
} from '../../../activities/library/erase.ts';
import type { Owned } from '../../../src/domain/access/tenant.ts';
import { aRecording, aSession } from '../../stack/adapters/mongo/fixtures.ts';
import { NO_RUNS } from '../../support/no-runs.ts';
import { anEndUser, type Race } from '../sides.ts';

export const SEGMENTS = [{ startMs: 0, endMs: 1, text: 'Said.', speaker: null, confidence: null }];

/** Whom an erasure meets. */
export interface Scene {
  owner: Owned;
  recording: ReturnType<typeof aRecording>;
  session: ReturnType<typeof aSession>;
}

/** An end user with a recording, and a session over their library. */
export async function aScene(race: Race, of: Partial<Owned> = {}): Promise<Scene> {
  const owner = await anEndUser(race, of);
  const recording = await race.stores.recordings.create(aRecording(owner));
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  return { owner, recording, session };
}

/** An erasure as its workflow runs it, where neither index nor runs hold anything. */
export function eraserOf({ stores }: Race): EraseDependencies {
  const nothing = async () => {};
  return {
    ...stores,
    retriever: {
      search: async () => [],
      upsert: nothing,
      missing: async () => [],
      remove: nothing,
      removeAll: nothing,
    },
    runs: NO_RUNS,
  };
}

export function eraseRecordingOf(race: Race, { owner, recording }: Pick<Scene, 'owner' | 'recording'>): Promise<void> {
  return eraseRecording(eraserOf(race))({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
}

export async function eraseEverythingOf(race: Race, owner: Owned): Promise<void> {
  const deps = eraserOf(race);
  const tenant = { ...owner, endUserId: null };
  for (;;) {
    const left = await eraseEndUser(deps)({ tenant, id: owner.endUserId, limit: 100 });
    if (left.sessionIds.length + left.recordingIds.length === 0) return;
    for (const id of left.sessionIds) await eraseSession(deps)({ tenant, id });
    for (const id of left.recordingIds) await eraseRecording(deps)({ tenant, id, endUserId: owner.endUserId });
  }
}
