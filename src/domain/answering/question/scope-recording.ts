import type { RecordingId } from '../../shared/ids.ts';

/** A recording in scope, as far as a question can name it. */
export interface ScopeRecording {
  id: RecordingId;
  title: string | null;
  /** ISO 8601; null where unknown. */
  recordedAt: string | null;
  /** Who speaks in it; empty where nobody is named. */
  speakers: readonly string[];
}

/** By date, those without one last; ids, which are sortable by time, decide between equals. */
export function inOrder<R extends Pick<ScopeRecording, 'id' | 'recordedAt'>>(recordings: readonly R[]): R[] {
  return recordings.toSorted((a, b) => {
    if (a.recordedAt !== b.recordedAt) {
      if (a.recordedAt === null) return 1;
      if (b.recordedAt === null) return -1;
      return a.recordedAt < b.recordedAt ? -1 : 1;
    }
    return a.id < b.id ? -1 : 1;
  });
}
