import type { Recording } from '../../domain/library/recording.ts';
import type { RecordingId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from './passage-retriever.ts';

/**
 * Recordings whose date has changed, and is not yet in the index for certain. Each change is a fact of its own, so that
 * the end of one hides no other.
 */
export interface DateChangeStore {
  note(recording: Recording): Promise<void>;
  /** Of one recording, or of all that the end user has. */
  list(tenant: EndUserTenant, recordingId?: RecordingId): Promise<{ id: string; recordingId: RecordingId }[]>;
  remove(tenant: EndUserTenant, ids: readonly string[]): Promise<void>;
}
