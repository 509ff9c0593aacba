import { z } from 'zod';
import type { FinishReason } from '../../../domain/ask/message.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody, withText } from '../lib/model-reply.ts';

const message = z.object({
  model: z.string(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullish(),
  usage: z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_creation_input_tokens: z.number().nullish(),
    cache_read_input_tokens: z.number().nullish(),
  }),
});

const FINISH_REASONS: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content_filter',
};

/** @throws AskError `provider_error` when the reply is malformed or says nothing. */
export function fromAnthropicReply(body: unknown): ModelReply {
  const { model, content, stop_reason, usage } = parseBody('claude', message, body);
  const cached = usage.cache_read_input_tokens ?? 0;
  return withText('claude', {
    text: content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
    finishReason: FINISH_REASONS[stop_reason ?? ''] ?? 'other',
    model,
    // Its `input_tokens` leave out what was read from the cache or written to it.
    tokens: {
      input: usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + cached,
      output: usage.output_tokens,
      cached,
    },
  });
}
