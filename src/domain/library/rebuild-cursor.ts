import type { TranscriptionId } from '../shared/ids.ts';

/** How far a rebuild has come: up to a transcription, of which so many passages are done, or all where that is null. */
export interface RebuildCursor {
  transcriptionId: TranscriptionId;
  done: number | null;
}
