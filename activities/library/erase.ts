import { narrowToEndUser, type Tenant } from '../../src/domain/access/tenant.ts';
import { AskError } from '../../src/domain/shared/errors.ts';
import type { EndUserId, RecordingId, SessionId } from '../../src/domain/shared/ids.ts';
import type { SessionRuns } from '../../src/ports/ask/session-runs.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { EndUserStore, RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../src/ports/library/passage-retriever.ts';

export interface EraseDependencies {
  endUsers: EndUserStore;
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  sessions: SessionStore;
  retriever: PassageRetriever;
  runs: SessionRuns;
}

export interface LeftOfEndUser {
  sessionIds: SessionId[];
  recordingIds: RecordingId[];
  /** Whether there is more than is listed. */
  more: boolean;
}

interface ClosingEndUser {
  tenant: Tenant;
  endUserId: EndUserId;
  /** The most that may be listed. */
  limit: number;
}

/** Hides the end user, and lists what they still have, whether hidden or not. */
export function closeEndUser({ endUsers, sessions, recordings }: EraseDependencies) {
  return async ({ tenant, endUserId, limit }: ClosingEndUser): Promise<LeftOfEndUser> => {
    await endUsers.hide(tenant, endUserId);
    const [allSessions, allRecordings] = await Promise.all([
      sessions.idsFor(tenant, { endUserId }),
      recordings.idsOf(tenant, endUserId),
    ]);
    const sessionIds = allSessions.slice(0, limit);
    const recordingIds = allRecordings.slice(0, limit - sessionIds.length);
    return { sessionIds, recordingIds, more: allSessions.length + allRecordings.length > limit };
  };
}

/** Removes a session, its messages and its workflow runs; fails, to be retried, until a last look finds nothing. */
export function eraseSession({ sessions, runs }: EraseDependencies) {
  return async ({ tenant, id }: { tenant: Tenant; id: SessionId }): Promise<void> => {
    await sessions.hide(tenant, id);
    await runs.remove(id);
    await sessions.purge(tenant, id);
    // What a turn wrote while its run was being removed shows up in the second look.
    if ((await sessions.purge(tenant, id)) > 0) throw somethingLeft('session', id);
  };
}

/** Removes a recording with its transcripts, passages and sessions, and the copies of its words inside stored sources. */
export function eraseRecording(deps: EraseDependencies) {
  return async ({
    tenant,
    id,
    endUserId,
  }: {
    tenant: Tenant;
    id: RecordingId;
    endUserId: EndUserId;
  }): Promise<void> => {
    const { recordings, transcripts, sessions, retriever } = deps;
    const owner = narrowToEndUser(tenant, endUserId);
    await recordings.hide(tenant, id);
    for (const transcriptionId of await transcripts.idsOf(owner, id)) {
      await retriever.remove(owner, await transcripts.chunkIdsOf(owner, transcriptionId));
      await transcripts.purge(owner, transcriptionId);
    }
    // A session over this recording alone has nothing left to ask.
    for (const session of await sessions.idsFor(owner, { recordingId: id, scopeType: 'recording' })) {
      await eraseSession(deps)({ tenant: owner, id: session });
    }
    await sessions.purgeSources(owner, id);
    if ((await transcripts.idsOf(owner, id)).length > 0) throw somethingLeft('recording', id);
    await recordings.purge(tenant, id);
  };
}

/** Removes the end user after all that belonged to them, and what the index may still hold of them. */
export function eraseEndUser(deps: EraseDependencies) {
  return async ({ tenant, id }: { tenant: Tenant; id: EndUserId }): Promise<void> => {
    await deps.retriever.removeAll(narrowToEndUser(tenant, id));
    const left = await closeEndUser(deps)({ tenant, endUserId: id, limit: 1 });
    if (left.sessionIds.length + left.recordingIds.length > 0) throw somethingLeft('end user', id);
    await deps.endUsers.purge(tenant, id);
  };
}

function somethingLeft(what: string, id: string): AskError {
  return new AskError('unavailable', `Something of the ${what} ${id} was still there after its erasure.`);
}
