import { z } from 'zod';
import type { FinishReason } from '../../../domain/ask/message.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody, withText } from '../lib/model-reply.ts';

const completion = z.object({
  model: z.string(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  // Some servers of this protocol count no tokens.
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

const FINISH_REASONS: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content_filter',
};

/** @throws AskError `provider_error` when the reply is malformed or says nothing. */
export function fromOpenAiReply(body: unknown): ModelReply {
  const { model, choices, usage } = parseBody('openai', completion, body);
  const choice = choices[0] as (typeof choices)[number];
  return withText('openai', {
    text: choice.message.content ?? '',
    finishReason: choice.message.refusal ? 'content_filter' : (FINISH_REASONS[choice.finish_reason ?? ''] ?? 'other'),
    model,
    tokens: {
      input: usage?.prompt_tokens ?? 0,
      output: usage?.completion_tokens ?? 0,
      cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    },
  });
}
