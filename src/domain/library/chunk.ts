import type { Owned } from '../access/tenant.ts';
import type { ChunkId, RecordingId, TranscriptionId } from '../shared/ids.ts';

/** A run of whole segments, the unit of retrieval. `index` is its place in the transcript, from 0. */
export interface Chunk extends Owned {
  id: ChunkId;
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  index: number;
  /** Speaker-labelled lines, one for each time that a speaker takes the word. */
  text: string;
  /** When each line of `text` begins, in milliseconds. */
  lineStartsMs: number[];
  /** The speaker of most of the text, null if the transcript names none. */
  speaker: string | null;
  startMs: number;
  endMs: number;
  /** When the recording was started, ISO 8601; null if unknown. */
  recordedAt: string | null;
}
