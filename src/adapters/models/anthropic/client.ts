import Anthropic from '@anthropic-ai/sdk';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { attempt } from '../lib/attempt.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import type { HttpFailure } from '../lib/provider-failure.ts';
import { chunksOf } from '../lib/unfinished-stream.ts';
import { toAnthropicRequest } from './prompt.ts';
import { fromAnthropicReply } from './reply.ts';
import { fromAnthropicStream, statusOfErrorEvent } from './stream.ts';

/** Claude by Anthropic's messages. */
export function createAnthropicModel({ apiKey, baseUrl, model, timeoutMs }: ModelSettings): LanguageModel {
  const client = new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl,
    maxRetries: 0,
    // Out of the way of the deadline in `attempt`.
    timeout: 2 * timeoutMs,
    // At its level `debug` the SDK prints prompts, whoever sets that in the environment.
    logLevel: 'off',
  });
  return {
    provider: 'claude',
    generate: (prompt, { signal, maxOutputTokens, onText }) =>
      attempt({ provider: 'claude', signal, timeoutMs, httpFailure }, async (signal) => {
        const request = toAnthropicRequest(prompt, { model, maxOutputTokens });
        if (!onText) return fromAnthropicReply(await client.messages.create(request, { signal }));
        const stream = await client.messages.create({ ...request, stream: true }, { signal });
        return fromAnthropicStream(chunksOf('claude', stream, signal), onText);
      }),
  };
}

function httpFailure(error: unknown): HttpFailure | null {
  if (!(error instanceof Anthropic.APIError)) return null;
  const status = error.status ?? statusOfErrorEvent(error.type);
  if (status === undefined) return null;
  const tooLong = status === 400 && TOO_LONG.test(error.apiMessage ?? '');
  return {
    status,
    headers: error.headers ?? new Headers(),
    reason: tooLong ? 'context_too_long' : undefined,
  };
}

/**
 * Anthropic has no error code for this: it is an `invalid_request_error` like any other 400. Should the wording change,
 * the failure reads `bad_request`, which is not retried either.
 */
const TOO_LONG = /^prompt is too long\b|exceed context limit/;
