import type { z } from 'zod';
import { providerFailure } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import type { ModelReply } from '../../../ports/language-model.ts';

/** @throws AskError `malformed_reply` when the body is not what the provider's protocol says. */
export function parseBody<S extends z.ZodType>(provider: Provider, schema: S, body: unknown): z.infer<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw providerFailure(provider, 'malformed_reply', { retryable: true });
}

/** @throws AskError `refused` or `empty_reply` when the reply has no text. */
export function withText(provider: Provider, reply: ModelReply): ModelReply {
  if (reply.text.trim() !== '') return reply;
  if (reply.finishReason === 'content_filter') throw providerFailure(provider, 'refused', { retryable: false });
  throw providerFailure(provider, 'empty_reply', { retryable: true });
}
