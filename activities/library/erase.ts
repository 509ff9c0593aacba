import { narrowToEndUser, type Tenant } from '../../src/domain/access/tenant.ts';
import { AskError } from '../../src/domain/shared/errors.ts';
import type { EndUserId, RecordingId, SessionId } from '../../src/domain/shared/ids.ts';
import type { KeyStore } from '../../src/ports/access/key-store.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { WorkflowRuns } from '../../src/ports/ask/workflow-runs.ts';
import type { EndUserStore, RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../src/ports/library/passage-retriever.ts';

/**
 * Erasing hides first, which leaves a tombstone, and then repeats list and erase until a listing made after the tombstone is
 * empty. Whoever inserts meanwhile looks at the tombstone afterwards and takes back what it wrote.
 */

export interface EraseDependencies {
  endUsers: EndUserStore;
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  sessions: SessionStore;
  keys: KeyStore;
  retriever: PassageRetriever;
  runs: WorkflowRuns;
}

export interface LeftOfEndUser {
  sessionIds: SessionId[];
  recordingIds: RecordingId[];
}

interface ErasingEndUser {
  tenant: Tenant;
  id: EndUserId;
  /** The most that may be listed. */
  limit: number;
}

/** Rounds of one attempt; whoever writes on and on is left to the next attempt. */
const ROUNDS = 10;

interface ErasingSession {
  tenant: Tenant;
  id: SessionId;
  /** Erases what is left of it, and nothing while it stands. */
  onlyIfGone?: boolean;
  /** Removes it first if nothing has happened in it since then. */
  idleSince?: string;
}

/** Removes a session, its messages and its workflow runs. */
export function eraseSession({ sessions, runs }: EraseDependencies) {
  return async ({ tenant, id, onlyIfGone, idleSince }: ErasingSession): Promise<void> => {
    if (idleSince !== undefined) await sessions.hideIdle(tenant, id, idleSince);
    if (onlyIfGone && (await sessions.find(tenant, id)) !== null) return;
    await sessions.hide(tenant, id);
    try {
      await runs.removeSession(id);
    } finally {
      // Temporal may take minutes to delete a run that has just closed.
      await untilNothingIsLeft(`session ${id}`, () => sessions.purge(tenant, id));
    }
  };
}

/** Removes one run of a session that is being erased. */
export function deleteSessionRun({ runs }: Pick<EraseDependencies, 'runs'>) {
  return ({ sessionId, runId }: { sessionId: SessionId; runId: string }): Promise<void> =>
    runs.deleteRun(sessionId, runId);
}

/** Removes a recording with its transcripts, passages and sessions, and the copies of its words inside stored sources. */
export function eraseRecording(deps: EraseDependencies) {
  const { recordings, transcripts, sessions, retriever, runs } = deps;
  return async ({
    tenant,
    id,
    endUserId,
  }: {
    tenant: Tenant;
    id: RecordingId;
    endUserId: EndUserId;
  }): Promise<void> => {
    const owner = narrowToEndUser(tenant, endUserId);
    await recordings.hide(tenant, id);
    await untilNothingIsLeft(`recording ${id}`, async () => {
      for (const transcriptionId of await transcripts.idsOf(owner, id)) {
        // A run that still indexes it removes what it has just written, and ends; only then is nothing written any more.
        if (await runs.isIndexing(transcriptionId))
          throw stillThere(`The index run of ${transcriptionId} has not ended.`);
        await retriever.remove(owner, await transcripts.chunkIdsOf(owner, transcriptionId));
      }
      let removed = await transcripts.purgeAll(owner, id);
      // A session over this recording alone has nothing left to ask.
      for (const session of await sessions.idsFor(owner, { recordingId: id, scopeType: 'recording' })) {
        await eraseSession(deps)({ tenant: owner, id: session });
        removed++;
      }
      for (const session of await sessions.erasedIdsOver(owner, id)) removed += await sessions.purge(owner, session);
      return removed + (await sessions.purgeSources(owner, id));
    });
    await recordings.purge(tenant, id);
  };
}

/**
 * Hides the end user, and lists what they still have, whether hidden or not. When that is nothing, removes the end user
 * after all that belonged to them: their keys, whatever hangs on nothing any more, and last their part of the index, after
 * the runs that wrote to it have ended.
 */
export function eraseEndUser({ endUsers, recordings, sessions, transcripts, keys, retriever }: EraseDependencies) {
  return async ({ tenant, id, limit }: ErasingEndUser): Promise<LeftOfEndUser> => {
    await endUsers.hide(tenant, id);
    const [allSessions, allRecordings] = await Promise.all([
      sessions.idsFor(tenant, { endUserId: id }),
      recordings.idsOf(tenant, id),
    ]);
    const sessionIds = allSessions.slice(0, limit);
    const recordingIds = allRecordings.slice(0, limit - sessionIds.length);
    if (sessionIds.length + recordingIds.length > 0) return { sessionIds, recordingIds };
    const owner = narrowToEndUser(tenant, id);
    await keys.revokeOf(owner);
    await untilNothingIsLeft(
      `end user ${id}`,
      async () => (await sessions.purgeOwned(owner)) + (await transcripts.purgeOwned(owner)),
    );
    await retriever.removeAll(owner);
    await endUsers.purge(tenant, id);
    return { sessionIds, recordingIds };
  };
}

/** @param erase lists and erases once, and tells how much it found. */
async function untilNothingIsLeft(what: string, erase: () => Promise<number>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if ((await erase()) === 0) return;
  throw stillThere(`Something of the ${what} was still there after ${ROUNDS} rounds.`);
}

function stillThere(message: string): AskError {
  return new AskError('unavailable', message);
}
