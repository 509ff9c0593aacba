import type { Understood } from '../ask/retrieval.ts';
import type { ChunkId, RecordingId, TranscriptionId } from '../shared/ids.ts';

/** What an answer rests on, as ids and places: the words themselves never pass through Temporal. */
export type ContextReference = TranscriptReference | ScopeReference;

interface Gathered {
  /** Of what is shown, by our count. */
  tokens: number;
  /** Chunks that are shown. */
  passages: number;
  /** The zone in which the question is read, an IANA name. */
  timezone: string;
  /** When it was read, ISO 8601: its "today". */
  readAt: string;
}

/** The whole transcript of the one recording that a session is about. */
export interface TranscriptReference extends Gathered {
  kind: 'transcript';
  transcriptionId: TranscriptionId;
}

/** What is shown of a library or of selected recordings. */
export interface ScopeReference extends Gathered {
  kind: 'scope';
  /** `whole`: all that scope and filters leave. */
  method: 'whole' | 'passages';
  /** Whether all that the filters leave is shown, and none of those recordings lacks a transcript. */
  complete: boolean;
  recordingsInScope: number;
  /** In the order in which it is shown. */
  shown: ShownTranscript[];
  /** The best passages that are shown, best first, and how relevant each one is. */
  chunkIds: ChunkId[];
  scores: number[];
  understood: UnderstoodReference[];
  unknownSpeakers: string[];
  /** References that lie outside the scope or the filters. */
  ignoredRefs: RecordingId[];
}

/** What the question was understood to name; speakers by where their names stand, so that a name goes with its transcript. */
export type UnderstoodReference = Omit<Understood, 'speakers'> & { speakers?: SpeakerPlace[] };

export interface SpeakerPlace {
  /** Unset in histories from before the erasure of a recording asked for it. */
  recordingId?: RecordingId;
  transcriptionId: TranscriptionId;
  /** Among those who speak in it, from 0. */
  place: number;
}

export interface ShownTranscript {
  transcriptionId: TranscriptionId;
  /** First and last chunk of each run, both inclusive; unset where the whole transcript is shown. */
  runs?: [first: number, last: number][];
}
