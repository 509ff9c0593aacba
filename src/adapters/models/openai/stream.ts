import { z } from 'zod';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody } from '../lib/model-reply.ts';
import { unfinishedStream } from '../lib/unfinished-stream.ts';
import { fromOpenAiReply } from './reply.ts';

const completionChunk = z.object({
  model: z.string(),
  // Empty in the last chunk, which counts the tokens.
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z.unknown().optional(),
});

/** @throws AskError `provider_error` when a chunk is malformed, the stream is cut, or the reply says nothing. */
export async function fromOpenAiStream(
  chunks: AsyncIterable<unknown>,
  onText: (text: string) => void,
): Promise<ModelReply> {
  const message = { content: '', refusal: '' };
  let finishReason: string | undefined;
  let named: string | undefined;
  let counted: unknown;
  for await (const chunk of chunks) {
    const { model, choices, usage } = parseBody('openai', completionChunk, chunk);
    const choice = choices[0];
    const text = choice?.delta.content ?? '';
    if (text !== '') onText(text);
    message.content += text;
    message.refusal += choice?.delta.refusal ?? '';
    finishReason = choice?.finish_reason ?? finishReason;
    named = model;
    counted = usage ?? counted;
  }
  if (finishReason === undefined) throw unfinishedStream('openai');
  return fromOpenAiReply({ model: named, choices: [{ finish_reason: finishReason, message }], usage: counted });
}

/** The HTTP status that an error in the middle of a stream stands for; undefined when there was none. */
export function statusOfErrorChunk(error: unknown): number | undefined {
  if (error === undefined) return undefined;
  const { code, type } = errorChunk.parse(error);
  if (typeof code === 'number') return code;
  return STATUSES[code ?? ''] ?? STATUSES[type ?? ''] ?? 500;
}

/** Other servers of this protocol put the status where OpenAI puts the name of the error. */
const errorChunk = z
  .object({
    code: z
      .union([z.string(), z.int().min(400).max(599)])
      .nullish()
      .catch(null),
    type: z.string().nullish().catch(null),
  })
  .catch({ code: null, type: null });

const STATUSES: Record<string, number> = {
  invalid_request_error: 400,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  tokens: 429,
  requests: 429,
  server_is_overloaded: 503,
};
