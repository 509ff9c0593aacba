import type { ChunkId, RecordingId, TranscriptionId } from '../../shared/ids.ts';

/** A passage that an index proposed. */
export interface Candidate {
  id: ChunkId;
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** Its place in the transcript, from 0. */
  index: number;
  text: string;
}

export interface Scored extends Candidate {
  /** In [0, 1]. */
  score: number;
}

/** Best first, in place. */
export function bestFirst(candidates: Scored[]): Scored[] {
  return candidates.sort((a, b) => b.score - a.score);
}
