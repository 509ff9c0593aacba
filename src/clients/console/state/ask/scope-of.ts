import type { RecordingId, Scope, Session } from '../../../sdk/wire-types.ts';

/** What a session is about, as it was asked for. */
export function scopeOf({ scope: { type, recording_ids } }: Session): Scope {
  const [recording_id] = recording_ids;
  if (type === 'recording' && recording_id !== undefined) return { type, recording_id };
  return type === 'selected' ? { type, recording_ids } : { type: 'library' };
}

/** The recordings that a scope names; none where it is all of them. */
export function idsOf(scope: Scope): RecordingId[] {
  if (scope.type === 'recording') return [scope.recording_id];
  return scope.type === 'selected' ? scope.recording_ids : [];
}
