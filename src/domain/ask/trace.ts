import type { ChunkId, RecordingId } from '../shared/ids.ts';
import type { Filters, Understood } from './retrieval.ts';

/** Why a passage that an index proposed is not in the prompt. */
export const DROP_REASONS = ['budget', 'out_of_scope', 'replaced', 'deleted', 'speaker'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** How relevant an index found a passage; each score is comparable within its own kind alone. */
export interface CandidateScores {
  /** In [0, 1]: what the ranking goes by. */
  fused: number;
  /** Of the dense and the sparse index; null where that index did not propose it. */
  dense: number | null;
  sparse: number | null;
}

/** A passage that was considered for a prompt. */
export interface TraceCandidate {
  chunkId: ChunkId;
  recordingId: RecordingId;
  scores: CandidateScores;
  /** Null where the passage is in the prompt. */
  dropped: DropReason | null;
}

export const PROMPT_PARTS = ['rules', 'context', 'history', 'notes', 'question'] as const;
export type PromptPart = (typeof PROMPT_PARTS)[number];

/** Markers of a prompt and of its reply. */
export interface MarkerCounts {
  /** Lines that the prompt gave a marker to. */
  issued: number;
  /** Citations of the answer. */
  cited: number;
  /** Markers of the reply that the prompt did not hand out. */
  dropped: number;
}

/** How a turn came to its answer. */
export interface TurnTrace {
  queries: string[];
  filters: Filters & { timezone: string };
  understood: Understood[];
  unknownSpeakers: string[];
  /** Best first; empty where nothing was searched. */
  candidates: TraceCandidate[];
  /** In order; empty where no model has answered. `text` is null where it may not be seen, or no longer stands. */
  prompt: { part: PromptPart; tokens: number; text: string | null }[];
  /** Null where no model has answered. */
  markers: MarkerCounts | null;
}
