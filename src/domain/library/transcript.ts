import type { Owned } from '../access/tenant.ts';
import type { RecordingId, TranscriptionId } from '../shared/ids.ts';

/** A piece of speech. Times in whole milliseconds from the start of the recording. */
export interface Segment {
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
  confidence: number | null;
  /** Where each word of the text (split at white space) begins, in milliseconds; only where the import had word times. */
  wordStartsMs?: number[] | undefined;
}

/** What a transcript was read from: a format, or the tool that wrote the JSON. */
export const SOURCE_FORMATS = [
  'json',
  'vtt',
  'srt',
  'sbv',
  'text',
  ...['whisper', 'whisper_cpp', 'whisperx'],
  ...['assemblyai', 'aws_transcribe', 'azure_speech', 'deepgram', 'elevenlabs', 'gladia', 'google_speech'],
  ...['rev', 'speechmatics', 'fireflies', 'google_meet', 'recall', 'teams', 'tldv', 'webex'],
] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** What a reader leaves out on purpose, counted. */
export interface Dropped {
  /** Cues, segments or blocks without words. */
  emptyCues: number;
  /** Lines that automatic captions show a second time. */
  repeats: number;
}

/** `replaced`: a later accepted import has completed, and its words are gone. */
export const TRANSCRIPTION_STATUSES = ['processing', 'completed', 'failed', 'replaced'] as const;
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
  /** The import that replaced this one. */
  replacedBy: TranscriptionId | null;
  /** null for those stored before it was kept; so is `dropped`. */
  sourceFormat: SourceFormat | null;
  dropped: Dropped | null;
  createdAt: string;
  completedAt: string | null;
}
