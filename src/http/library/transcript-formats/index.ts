import { invalidField } from '../../../domain/shared/errors.ts';
import { parseJsonTranscript } from './json.ts';
import type { ParsedTranscript } from './parsed-transcript.ts';
import { parseSubRip } from './sub-rip.ts';
import { parseWebVtt } from './web-vtt.ts';

export { segmentImportSchema, transcriptImportSchema } from './json.ts';

const PARSERS = {
  'application/json': parseJsonTranscript,
  'text/vtt': parseWebVtt,
  'application/x-subrip': parseSubRip,
} satisfies Record<string, (body: string) => Promise<ParsedTranscript>>;

export type TranscriptContentType = keyof typeof PARSERS;
export const TRANSCRIPT_CONTENT_TYPES: readonly TranscriptContentType[] = [
  'application/json',
  'text/vtt',
  'application/x-subrip',
];

/**
 * Reads a transcript. Segments out of order are sorted by their start; those that start together keep their order.
 * @throws AskError `invalid_request` naming the first bad segment: `segments.3` (from 0) in JSON, `cue 4` (from 1) in text.
 */
export async function parseTranscript(contentType: TranscriptContentType, body: string): Promise<ParsedTranscript> {
  const { language, segments } = await PARSERS[contentType](body.replace(/^\uFEFF/, ''));
  if (segments.length === 0) throw invalidField('segments', 'must not be empty; send at least one piece of speech');
  return { language, segments: segments.sort((a, b) => a.startMs - b.startMs) };
}
