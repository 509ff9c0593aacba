import { z } from 'zod';
import type { Segment } from '../../domain/library/transcript.ts';
import { ERROR_KINDS } from '../../domain/shared/errors.ts';
import type { ArrivedTranscript, TranscriptSummary } from '../../ports/library/transcript-reader.ts';

/** What is said to the thread that reads: a transcript to read, then for each batch of segments that it may be sent. */
export type Order = { read: ArrivedTranscript } | 'next';

/** What the thread answers. It runs the same code, so that only the form of the answer is checked. */
export const answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('read'), summary: z.custom<TranscriptSummary>() }),
  z.object({
    type: z.literal('refused'),
    kind: z.enum(ERROR_KINDS),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({ type: z.literal('batch'), segments: z.custom<Segment[]>(Array.isArray) }),
  z.object({ type: z.literal('end') }),
]);
export type Answer = z.infer<typeof answer>;
