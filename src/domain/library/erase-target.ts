import type { EndUserId, RecordingId, SessionId } from '../shared/ids.ts';

/** What can be erased, with everything that belongs to it. */
export type EraseTarget =
  | { type: 'session'; id: SessionId }
  | { type: 'recording'; id: RecordingId; endUserId: EndUserId }
  | { type: 'end_user'; id: EndUserId };
