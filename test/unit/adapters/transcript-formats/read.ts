import { readTranscript } from '../../../../src/adapters/transcript-formats/index.ts';
import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { AskError } from '../../../../src/domain/shared/errors.ts';
import type { TranscriptContentType, TranscriptFacts } from '../../../../src/ports/library/transcript-reader.ts';

const TYPES = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  text: 'text/plain',
  json: 'application/json',
} satisfies Record<string, TranscriptContentType>;
export type SentAs = keyof typeof TYPES;

/** All segments, and what is known at the end. */
export function read(
  sentAs: SentAs,
  body: string | Uint8Array,
  charset: string | null = null,
): TranscriptFacts & { segments: Segment[] } {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const reading = readTranscript({ contentType: TYPES[sentAs], charset, body: bytes });
  const segments: Segment[] = [];
  for (let next = reading.next(); ; next = reading.next()) {
    if (next.done) return { ...next.value, segments };
    segments.push(next.value);
  }
}

/** What is read of JSON: each segment as a line, `0-900 Ana: Hi all. [0,400]` where it has the times of its words. */
export function summary(body: unknown): TranscriptFacts & { lines: string[] } {
  const { segments, ...facts } = read('json', JSON.stringify(body));
  const lines = segments.map(
    ({ startMs, endMs, speaker, text, wordStartsMs }) =>
      `${startMs}-${endMs} ${speaker ?? '?'}: ${text}${wordStartsMs ? ` [${wordStartsMs}]` : ''}`,
  );
  return { ...facts, lines };
}

/** Each segment as a line, `1000-2000 Ana: words`; or the refusal, `400 cue 1: …`. */
export function told(sentAs: SentAs, body: string | Uint8Array, charset: string | null = null): string[] {
  try {
    return read(sentAs, body, charset).segments.map(
      ({ startMs, endMs, speaker, text }) => `${startMs}-${endMs} ${speaker ?? '?'}: ${text}`,
    );
  } catch (error) {
    if (error instanceof AskError) return [`${STATUS[error.kind] ?? error.kind} ${error.message}`];
    throw error;
  }
}

const STATUS: Record<string, string> = {
  invalid_request: '400',
  payload_too_large: '413',
  unsupported_media_type: '415',
};

/** Who says what, without times. */
export function said(sentAs: SentAs, body: string): string[] {
  return told(sentAs, body).map((line) => line.replace(/^\d+-\d+ /, ''));
}

/** SubRip of these texts, a second each. */
export function srtOf(...texts: string[]): string {
  return texts.map((text, i) => `${i + 1}\n00:00:0${i},000 --> 00:00:0${i + 1},000\n${text}\n`).join('\n');
}

/** WebVTT of these texts, a second each. */
export function vttOf(...texts: string[]): string {
  return `WEBVTT\n\n${texts.map((text, i) => `${i + 1}\n00:0${i}.000 --> 00:0${i + 1}.000\n${text}\n`).join('\n')}`;
}
