import { z } from 'zod';
import type { PromptTrace } from '../../../domain/answering/context/prompt-trace.ts';
import { DROP_REASONS, PROMPT_PARTS } from '../../../domain/ask/trace.ts';
import { fromJsonText, id, jsonText, owner, timestamp } from './stored-fields.ts';

/** What was considered for a turn's prompt: `[chunk, recording, fused, dense, sparse, why it was dropped]` each. */
const candidate = z.tuple([
  id('chk'),
  id('rec'),
  z.number(),
  z.number().nullable(),
  z.number().nullable(),
  z.enum(DROP_REASONS).nullable(),
]);

/** The `_id` is the turn's. */
export const storedTrace = z.object({
  _id: id('trn'),
  ...owner,
  sessionId: id('as'),
  candidates: fromJsonText(z.array(candidate)),
});
export type StoredTrace = z.infer<typeof storedTrace>;

export const traceFields = {
  projectId: String,
  mode: String,
  endUserId: String,
  sessionId: String,
  candidates: jsonText,
};

const gathered = { tokens: z.number(), passages: z.number(), timezone: z.string(), readAt: timestamp };
const context = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transcript'), transcriptionId: id('txn'), ...gathered }),
  z.object({
    kind: z.literal('scope'),
    method: z.enum(['whole', 'passages']),
    complete: z.boolean(),
    recordingsInScope: z.number(),
    shown: z.array(
      z.object({
        transcriptionId: id('txn'),
        runs: z.array(z.tuple([z.number(), z.number()])).exactOptional(),
      }),
    ),
    ignoredRefs: z.array(id('rec')),
    ...gathered,
  }),
]);

/** What the prompt of an answer was made of, as the answer keeps it. */
export const promptTrace: z.ZodType<PromptTrace> = z.object({
  context,
  history: z.array(z.number()),
  catalogueTokens: z.number(),
  tokens: z.record(z.enum(PROMPT_PARTS), z.number()),
  markers: z.object({ issued: z.number(), cited: z.number(), dropped: z.number() }),
});
