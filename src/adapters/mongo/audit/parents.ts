import type { Finding } from '../../../ports/audit.ts';
import type { Refs } from './documents.ts';

export interface Parent {
  collection: string;
  id: string;
}

interface Rule {
  kind: Finding['kind'];
  /** What a document hangs on; it is found when any of these is gone. */
  parents(document: Refs): (Parent | null)[];
}

const at = (collection: string, id: string | null | undefined): Parent | null => (id ? { collection, id } : null);
const inSession: Rule = { kind: 'unreachable', parents: ({ sessionId }) => [at('sessions', sessionId)] };
const ofTranscription: Rule = {
  kind: 'unreachable',
  parents: ({ transcriptionId, recordingId }) => [at('transcriptions', transcriptionId), at('recordings', recordingId)],
};

/** What the documents of each collection hang on. */
export const PARENTS: Record<string, Rule> = {
  recordings: { kind: 'unowned', parents: ({ endUserId }) => [at('end_users', endUserId)] },
  keys: { kind: 'unowned', parents: ({ endUserId, revokedAt }) => [revokedAt ? null : at('end_users', endUserId)] },
  sessions: {
    kind: 'unreachable',
    parents: ({ endUserId, scopeType, recordingIds }) => [
      at('end_users', endUserId),
      at('recordings', scopeType === 'recording' ? recordingIds?.[0] : null),
    ],
  },
  transcriptions: { kind: 'unreachable', parents: ({ recordingId }) => [at('recordings', recordingId)] },
  date_changes: { kind: 'unreachable', parents: ({ recordingId }) => [at('recordings', recordingId)] },
  imports: ofTranscription,
  segment_pages: ofTranscription,
  chunks: ofTranscription,
  messages: inSession,
  turns: inSession,
  turn_traces: inSession,
  conversations: { kind: 'unreachable', parents: ({ _id }) => [at('sessions', _id)] },
  feed_batches: inSession,
  feed_listeners: inSession,
};
