import type { AnswerPart } from './sentences.ts';

/** A line that an answer cites, and the recording that it is from. */
export interface CitedLine {
  text: string;
  speaker: string | null;
  startMs: number;
  endMs: number;
  title: string | null;
  /** When its recording was started, ISO 8601; null where unknown. */
  recordedAt: string | null;
}

/** An answer whose facts are to be looked up. */
export interface GroundingInput {
  parts: readonly AnswerPart<CitedLine>[];
  question: string;
  /** Everybody who speaks in what the model was shown. */
  speakers: readonly string[];
  /** Whether the model said that nothing in scope answers. */
  saysNotFound: boolean;
  /** IANA name of the asker's zone. */
  timeZone: string;
}
