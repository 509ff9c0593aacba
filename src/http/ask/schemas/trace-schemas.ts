import { z } from 'zod';
import { DROP_REASONS, PROMPT_PARTS } from '../../../domain/ask/trace.ts';
import { chunkId, recordingId, turnId } from '../../kernel/schemas/id-schemas.ts';
import { retrievalFilters } from './ask-schemas.ts';

const candidate = z.object({
  chunk_id: chunkId,
  recording_id: recordingId,
  scores: z.object({
    fused: z.number().describe('In [0, 1]: what the ranking goes by.'),
    dense: z.number().nullable().describe('Of the dense index; null where it did not propose the passage.'),
    sparse: z.number().nullable(),
  }),
  kept: z.boolean().describe('Whether the prompt shows it.'),
  reason: z
    .enum(DROP_REASONS)
    .nullable()
    .describe(
      'Why it is not in the prompt: no room (`budget`), outside scope or filters (`out_of_scope`), of a transcript that was `replaced`, `deleted`, or nobody whom the filters name speaks in it (`speaker`).',
    ),
});

const promptPart = z.object({
  part: z.enum(PROMPT_PARTS),
  tokens: z.int().describe('By the service’s own count.'),
  text: z
    .string()
    .nullable()
    .describe('Made again from what still stands; null for a key of an end user, and where what it shows is gone.'),
});

export const trace = z
  .object({
    turn_id: turnId,
    queries: z.array(z.string()).describe('What was searched for; empty where nothing was searched.'),
    filters: retrievalFilters,
    candidates: z
      .array(candidate)
      .describe('What the index proposed, best first, without passages that nearly repeat a better one.'),
    prompt: z.array(promptPart).describe('In order; empty where no model has answered.'),
    markers: z
      .object({
        issued: z.int().describe('Lines that the prompt gave a marker to.'),
        cited: z.int().describe('Citations of the answer.'),
        dropped: z.int().describe('Markers that the model wrote and the prompt did not hold.'),
      })
      .nullable()
      .describe('Null where no model has answered, or the answer is from before traces were kept.'),
  })
  .meta({ id: 'TurnTrace' });
