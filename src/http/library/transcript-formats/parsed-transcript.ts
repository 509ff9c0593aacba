import type { Segment } from '../../../domain/library/transcript.ts';

/** A transcript as it came in: at least one segment, ordered by start. */
export interface ParsedTranscript {
  language: string | null;
  segments: Segment[];
}
