import type { Dropped, Segment, SourceFormat } from '../../domain/library/transcript.ts';

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
