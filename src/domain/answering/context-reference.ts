import type { ChunkId, TranscriptionId } from '../shared/ids.ts';

/** What an answer rests on, as ids: the words themselves never pass through Temporal. */
export type ContextReference =
  | { kind: 'transcript'; transcriptionId: TranscriptionId }
  /** Passages, best first, and how relevant each one is. */
  | { kind: 'passages'; chunkIds: ChunkId[]; scores: number[] };
