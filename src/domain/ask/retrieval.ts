import type { RecordingId } from '../shared/ids.ts';

/** What a client asks to see alone. Each part narrows further. */
export interface Filters {
  /** ISO 8601, inclusive. */
  recordedAfter?: string;
  /** ISO 8601, exclusive. */
  recordedBefore?: string;
  recordingIds?: RecordingId[];
  /** Whole names, in any case. */
  speakers?: string[];
  /** Top-level keys of a recording's metadata. */
  metadata?: Record<string, string | number | boolean | null>;
}

/** Something that the words of a question name. */
export interface Understood {
  /** The words. */
  text: string;
  /** ISO 8601, inclusive. */
  recordedAfter?: string;
  /** ISO 8601, exclusive. */
  recordedBefore?: string;
  recordingIds?: RecordingId[];
  speakers?: string[];
}

/** What an answer was given from. */
export interface Retrieval {
  /** `transcript`: of the session's one recording. `whole`: all that scope and filters leave, also when that is nothing. */
  method: 'transcript' | 'whole' | 'passages';
  /** Whether all that the filters leave was shown, and none of those recordings lacks a transcript. */
  complete: boolean;
  /** Before filters. */
  recordingsInScope: number;
  /** Those of which at least a line was shown. */
  recordingsUsed: number;
  passages: number;
  /** Of the context, by our count. */
  tokens: number;
  filters: Filters & { timezone: string };
  understood: Understood[];
  unknownSpeakers: string[];
  /** Empty where nothing was searched. */
  queries: string[];
  ignoredRefs: RecordingId[];
}
