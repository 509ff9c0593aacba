import type { RecordingId, TranscriptionId } from '../shared/ids.ts';

/**
 * A line that a prompt showed the model, and where it stands in the transcript. A marker of a reply points to one.
 * A line is a segment, several neighbouring segments of one speaker, or a part of a long segment.
 */
export interface PromptLine {
  /** Five letters of the marker alphabet, without brackets: `k7x2m`. */
  marker: string;
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** Places of its first and last segment in the transcript, from 0, both inclusive; null where an old index did not keep them. */
  segments: { first: number; last: number } | null;
  /** When its words begin and end, in whole milliseconds from the start of the recording. */
  startMs: number;
  endMs: number;
  /** Null where the transcript names nobody. */
  speaker: string | null;
  /** All words of the line as the transcript has them, white space as single blanks, without speaker and time. */
  text: string;
}

/** What a reply may cite, by marker. */
export type PromptLines = ReadonlyMap<string, PromptLine>;
