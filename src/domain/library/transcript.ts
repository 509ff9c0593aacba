import type { Owned } from '../access/tenant.ts';
import type { RecordingId, TranscriptionId } from '../shared/ids.ts';

/** A piece of speech. Times in whole milliseconds from the start of the recording. */
export interface Segment {
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
  confidence: number | null;
}

export const TRANSCRIPTION_STATUSES = ['processing', 'completed', 'failed'] as const;
export type TranscriptionStatus = (typeof TRANSCRIPTION_STATUSES)[number];

/** A transcription without its segments, which may be many megabytes. */
export interface Transcription extends Owned {
  id: TranscriptionId;
  recordingId: RecordingId;
  status: TranscriptionStatus;
  language: string | null;
  durationMs: number;
  segmentCount: number;
  /** Tokens of the transcript as a prompt shows it; null until they are counted, which is before it is completed. */
  tokenCount: number | null;
  /** How many chunks it is cut into; null like `speakers`. */
  chunkCount: number | null;
  /** Who speaks, most words first; null until they are counted, and in transcriptions of 0.1.0. */
  speakers: string[] | null;
  error: string | null;
  createdAt: string;
  completedAt: string | null;
}
