import OpenAI from 'openai';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { attempt } from '../lib/attempt.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import type { HttpFailure } from '../lib/provider-failure.ts';
import { chunksOf } from '../lib/unfinished-stream.ts';
import { toOpenAiRequest } from './prompt.ts';
import { fromOpenAiReply } from './reply.ts';
import { fromOpenAiStream, statusOfErrorChunk } from './stream.ts';

/** OpenAI by its chat completions, which every OpenAI-compatible server speaks too. */
export function createOpenAiModel({ apiKey, baseUrl, model, timeoutMs }: ModelSettings): LanguageModel {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    // Out of the way of the deadline in `attempt`.
    timeout: 2 * timeoutMs,
    // At its level `debug` the SDK prints prompts, whoever sets that in the environment.
    logLevel: 'off',
  });
  return {
    provider: 'openai',
    generate: (prompt, { signal, maxOutputTokens, onText }) =>
      attempt({ provider: 'openai', signal, timeoutMs, httpFailure }, async (signal) => {
        const request = toOpenAiRequest(prompt, { model, maxOutputTokens });
        if (!onText) return fromOpenAiReply(await client.chat.completions.create(request, { signal }));
        const stream = await client.chat.completions.create({ ...request, ...STREAMED }, { signal });
        return fromOpenAiStream(chunksOf('openai', stream, signal), onText);
      }),
  };
}

const STREAMED = { stream: true, stream_options: { include_usage: true } } as const;

function httpFailure(error: unknown): HttpFailure | null {
  if (!(error instanceof OpenAI.APIError)) return null;
  const status = error.status ?? statusOfErrorChunk(error.error);
  if (status === undefined) return null;
  return { status, headers: error.headers ?? new Headers(), reason: REASONS[error.code ?? ''] };
}

const REASONS: Record<string, HttpFailure['reason']> = {
  context_length_exceeded: 'context_too_long',
  content_filter: 'refused',
  content_policy_violation: 'refused',
};
