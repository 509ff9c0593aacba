import type { RecordingId } from '../shared/ids.ts';

/** What a session asks over. Immutable once the session exists. */
export type SessionScope =
  | { type: 'recording'; recordingId: RecordingId }
  | { type: 'selected'; recordingIds: RecordingId[] }
  | { type: 'library' };

export type SessionScopeType = SessionScope['type'];

/** The recordings that a scope names; empty for a library. */
export function recordingIdsOf(scope: SessionScope): RecordingId[] {
  if (scope.type === 'recording') return [scope.recordingId];
  return scope.type === 'selected' ? scope.recordingIds : [];
}
