import type { MarkerCounts, PromptPart } from '../../ask/trace.ts';
import type { ContextReference, ScopeReference, TranscriptReference } from '../context-reference.ts';

/** What the prompt of an answer was made of: ids, places and counts, from which it can be made again. */
export interface PromptTrace {
  context: TracedContext;
  /** Positions of the questions of the earlier turns that it showed. */
  history: number[];
  /** The longest list of recordings, in tokens. */
  catalogueTokens: number;
  /** By our count. */
  tokens: Record<PromptPart, number>;
  markers: MarkerCounts;
}

/** A context reference without the words that the question was read by, and without scores. */
export type TracedContext =
  | TranscriptReference
  | Omit<ScopeReference, 'understood' | 'unknownSpeakers' | 'chunkIds' | 'scores'>;

export function traceOfContext(reference: ContextReference): TracedContext {
  if (reference.kind === 'transcript') return reference;
  const { understood: _u, unknownSpeakers: _s, chunkIds: _c, scores: _n, ...traced } = reference;
  return traced;
}
