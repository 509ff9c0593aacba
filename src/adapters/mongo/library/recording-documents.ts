import type { Recording } from '../../../domain/library/recording.ts';
import type { RecordingId } from '../../../domain/shared/ids.ts';
import type { StoredRecording } from '../collections/library-documents.ts';

export function documentOf(
  { id: _, ...rest }: Recording,
  id: RecordingId,
  requestedId: RecordingId | null,
): StoredRecording {
  return { _id: id, requestedId, ...rest };
}

export function toRecording({ _id, requestedId: _, ...rest }: StoredRecording): Recording {
  return { id: _id, ...rest };
}
