import type { ChunkId, RecordingId, TranscriptionId } from '../shared/ids.ts';

/** A passage of a transcript that retrieval found, as the model and the client see it. */
export interface Source {
  chunkId: ChunkId;
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  text: string;
  speaker: string | null;
  startMs: number;
  endMs: number;
  recordedAt: string | null;
  /** Relevance in [0, 1], comparable within one retrieval. */
  score: number;
}
