import type { Dropped, Segment, SourceFormat } from '../../domain/library/transcript.ts';
import type { ProjectId } from '../../domain/shared/ids.ts';

/** What a transcript can be sent as. `text/plain` is for `.sbv` files and for `Name  0:01` blocks. */
export type TranscriptContentType = 'application/json' | 'text/vtt' | 'application/x-subrip' | 'text/plain';

/** A transcript as it came in. */
export interface TranscriptFile {
  contentType: TranscriptContentType;
  /** The label of the `charset` parameter; null where none was sent, which means UTF-8, or UTF-16 with a byte order mark. */
  charset: string | null;
  body: Uint8Array;
}

/** What is known of a transcript when all of its segments have been read. */
export interface TranscriptFacts {
  sourceFormat: SourceFormat;
  /** As the file gives it; null where it gives none. */
  language: string | null;
  /** When the meeting was, ISO 8601 UTC, where the tool's file says so. */
  recordedAt: string | null;
  dropped: Dropped;
}

/**
 * Reads a transcript, one segment after another in the order of the file, and returns the facts at the end. Synchronous:
 * a caller that serves others runs it in another thread or pauses between segments. At least one segment comes.
 * @throws AskError `invalid_request` that names the first bad place: `segments.3` (from 0) in JSON, `cue 4` or `line 7`
 *   (from 1) in text; `payload_too_large` above a limit; `unsupported_media_type` for an unknown charset.
 */
export type ReadTranscript = (file: TranscriptFile) => Generator<Segment, TranscriptFacts, undefined>;

/** A transcript whose body has arrived, in memory or in an open file. */
export interface ArrivedTranscript extends Omit<TranscriptFile, 'body'> {
  source: { bytes: Uint8Array } | { fd: number; size: number };
}

/** What is known of a transcript that was read. */
export interface TranscriptSummary extends TranscriptFacts {
  segmentCount: number;
  durationMs: number;
}

/** A transcript that was read whole and found right. Its segments come ordered by their start, some at a time, once. */
export type ReadTranscriptResult = TranscriptSummary & { batches: AsyncIterable<Segment[]> };

/** Reads transcripts without holding up who else is served, and within bounds of memory and time. */
export interface TranscriptReader {
  /**
   * Reads a transcript when it is its project's turn, and hands it to `store`.
   * @throws AskError as `ReadTranscript` does; `payload_too_large` for one that takes too much memory or time; `queue_full`
   *   when too many of the project wait
   */
  read<T>(
    projectId: ProjectId,
    transcript: ArrivedTranscript,
    store: (transcript: ReadTranscriptResult) => Promise<T>,
  ): Promise<T>;
}
