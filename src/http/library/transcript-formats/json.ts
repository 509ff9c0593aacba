import { z } from 'zod';
import type { Segment } from '../../../domain/library/transcript.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import { yieldCooperatively } from '../../../runtime/cooperative-yield.ts';
import { validate } from '../../kernel/lib/validate.ts';
import { MAX_SPEAKER_LENGTH, MAX_TEXT_LENGTH, TOO_LONG } from './limits.ts';
import type { ParsedTranscript } from './parsed-transcript.ts';

const seconds = z
  .number()
  .min(0, 'must not be negative')
  .max(Number.MAX_SAFE_INTEGER / 1000, 'is too large')
  .describe('Seconds from the start of the recording.');

const text = z
  .string()
  .max(MAX_TEXT_LENGTH, TOO_LONG)
  .refine((value) => value.trim() !== '', 'must not be empty');

/** One segment on the wire. */
export const segmentImportSchema = z
  .strictObject({
    start: seconds,
    end: seconds,
    text,
    speaker: z.string().trim().max(MAX_SPEAKER_LENGTH).nullish(),
    confidence: z.number().min(0).max(1).nullish(),
  })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });

const language = z.string().trim().min(1).max(35).nullish().describe('BCP 47 tag of the spoken language.');

/** The JSON body of a transcript import. */
export const transcriptImportSchema = z.strictObject({
  language,
  segments: z.array(segmentImportSchema).min(1, 'must not be empty; send at least one piece of speech'),
});

// Segments are checked one by one, up to the first bad one: a body of millions of them must not become millions of issues.
const envelopeSchema = transcriptImportSchema.extend({
  segments: z.array(z.unknown()).min(1, 'must not be empty; send at least one piece of speech'),
});

export async function parseJsonTranscript(body: string): Promise<ParsedTranscript> {
  const envelope = validate(envelopeSchema, readJson(body), 'body');
  const segments: Segment[] = [];
  for await (const [index, given] of yieldCooperatively(envelope.segments.entries()))
    segments.push(toSegment(validate(segmentImportSchema, given, 'segment', ['segments', index])));
  return { language: envelope.language ?? null, segments };
}

function toSegment({ start, end, text, speaker, confidence }: z.output<typeof segmentImportSchema>): Segment {
  return {
    startMs: Math.round(start * 1000),
    endMs: Math.round(end * 1000),
    text: text.trim(),
    speaker: speaker || null,
    confidence: confidence ?? null,
  };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's own message quotes the body.
    throw invalidField('body', 'is not valid JSON');
  }
}
