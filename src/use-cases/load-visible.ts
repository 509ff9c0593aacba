import type { Tenant } from '../domain/access/tenant.ts';
import type { Session } from '../domain/ask/session.ts';
import type { EndUser, Recording } from '../domain/library/recording.ts';
import type { Transcription } from '../domain/library/transcript.ts';
import { notFound } from '../domain/shared/errors.ts';
import type { EndUserId, RecordingId, SessionId, TranscriptionId } from '../domain/shared/ids.ts';
import type { SessionStore } from '../ports/ask/session-store.ts';
import type { EndUserStore, RecordingStore, TranscriptStore } from '../ports/library/library-store.ts';

/**
 * Loads what a key may see. What belongs to a deleted end user or recording is gone with it at once, although its erasure
 * still runs. Each function throws AskError `not_found`, in the same words for what is another's and for what never was.
 */

interface EndUsers {
  endUsers: Pick<EndUserStore, 'find'>;
}
interface Recordings extends EndUsers {
  recordings: Pick<RecordingStore, 'find'>;
}
interface ManyRecordings extends EndUsers {
  recordings: Pick<RecordingStore, 'find' | 'findAll'>;
}
interface Transcripts extends Recordings {
  transcripts: Pick<TranscriptStore, 'find'>;
}
interface Sessions extends Recordings {
  sessions: Pick<SessionStore, 'find'>;
}

export async function loadEndUser(deps: EndUsers, tenant: Tenant, id: EndUserId): Promise<EndUser> {
  const endUser = await deps.endUsers.find(tenant, id);
  if (endUser === null) throw notFound('end user', id);
  return endUser;
}

export async function loadRecording(deps: Recordings, tenant: Tenant, id: RecordingId): Promise<Recording> {
  const recording = await findRecording(deps, tenant, id);
  if (recording === null) throw notFound('recording', id);
  return recording;
}

/** Each recording once; throws for the first that is not visible. */
export async function loadRecordings(
  deps: ManyRecordings,
  tenant: Tenant,
  ids: readonly RecordingId[],
): Promise<Recording[]> {
  const wanted = [...new Set(ids)];
  const found = await filterVisibleRecordings(deps, tenant, await deps.recordings.findAll(tenant, wanted));
  const visible = new Map(found.map((recording) => [recording.id, recording]));
  return wanted.map((id) => {
    const recording = visible.get(id);
    if (recording === undefined) throw notFound('recording', id);
    return recording;
  });
}

export async function loadTranscription(
  deps: Transcripts,
  tenant: Tenant,
  id: TranscriptionId,
): Promise<Transcription> {
  const transcription = await deps.transcripts.find(tenant, id);
  const recording = transcription && (await findRecording(deps, tenant, transcription.recordingId));
  if (transcription === null || recording === null) throw notFound('transcription', id);
  return transcription;
}

/** A session is visible as long as its end user is, and for recording scope its recording. */
export async function loadSession(deps: Sessions, tenant: Tenant, id: SessionId): Promise<Session> {
  return (await loadSessionWithRecording(deps, tenant, id)).session;
}

/** The session, and for recording scope its recording. */
export async function loadSessionWithRecording(
  deps: Sessions,
  tenant: Tenant,
  id: SessionId,
): Promise<{ session: Session; recording: Recording | null }> {
  const session = await deps.sessions.find(tenant, id);
  const owners = session && (await findOwners(deps, tenant, session));
  if (!owners) throw notFound('session', id);
  return { session, ...owners };
}

async function findRecording(deps: Recordings, tenant: Tenant, id: RecordingId): Promise<Recording | null> {
  const recording = await deps.recordings.find(tenant, id);
  const owner = recording && (await deps.endUsers.find(tenant, recording.endUserId));
  return owner && recording;
}

/** What the session depends on; null when any of it is gone. */
async function findOwners(deps: Recordings, tenant: Tenant, { endUserId, scope }: Session) {
  const [endUser, recording] = await Promise.all([
    deps.endUsers.find(tenant, endUserId),
    scope.type === 'recording' ? deps.recordings.find(tenant, scope.recordingId) : null,
  ]);
  if (endUser === null || (scope.type === 'recording' && recording === null)) return null;
  return { recording };
}

/** The sessions of a page that are visible; a page may therefore hold fewer than it could. */
export async function filterVisibleSessions(deps: Recordings, tenant: Tenant, sessions: Session[]): Promise<Session[]> {
  const owners = await Promise.all(sessions.map((session) => findOwners(deps, tenant, session)));
  return sessions.filter((_, i) => owners[i] !== null);
}

/** The recordings of a page whose end user is not deleted. */
export async function filterVisibleRecordings(
  deps: EndUsers,
  tenant: Tenant,
  recordings: Recording[],
): Promise<Recording[]> {
  const ids = [...new Set(recordings.map((recording) => recording.endUserId))];
  const found = await Promise.all(ids.map((id) => deps.endUsers.find(tenant, id)));
  const visible = new Set(found.flatMap((endUser) => (endUser === null ? [] : [endUser.id])));
  return recordings.filter((recording) => visible.has(recording.endUserId));
}
