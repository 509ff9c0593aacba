import { GoogleGenerativeAI, GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { z } from 'zod';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { attempt } from '../lib/attempt.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import type { HttpFailure } from '../lib/provider-failure.ts';
import { chunksOf } from '../lib/unfinished-stream.ts';
import { toGeminiRequest } from './prompt.ts';
import { fromGeminiReply } from './reply.ts';
import { withReplyHeaders } from './reply-headers.ts';
import { fromGeminiStream } from './stream.ts';

/** Gemini by `generateContent`. Its SDK makes no retries of its own. */
export function createGeminiModel({ apiKey, baseUrl, model, timeoutMs }: ModelSettings): LanguageModel {
  const client = new GoogleGenerativeAI(apiKey).getGenerativeModel({ model }, baseUrl === undefined ? {} : { baseUrl });
  return {
    provider: 'gemini',
    generate: (prompt, { signal, maxOutputTokens, onText }) =>
      withReplyHeaders((replyHeaders) => {
        const httpFailure = (error: unknown) => readHttpFailure(error, replyHeaders());
        return attempt({ provider: 'gemini', signal, timeoutMs, httpFailure }, async (signal) => {
          const request = toGeminiRequest(prompt, { maxOutputTokens });
          if (!onText) return fromGeminiReply((await client.generateContent(request, { signal })).response, model);
          const { stream, response } = await client.generateContentStream(request, { signal });
          // The SDK's own sum of the chunks, which fails with the stream and which nobody else awaits.
          response.catch(() => undefined);
          return await fromGeminiStream(chunksOf('gemini', stream, signal), model, onText);
        });
      }),
  };
}

function readHttpFailure(error: unknown, headers: Headers): HttpFailure | null {
  if (!(error instanceof GoogleGenerativeAIFetchError) || error.status === undefined) return null;
  const details = errorDetails.parse(error.errorDetails);
  return {
    status: error.status,
    headers,
    reason: reasonOf(error, details),
    retryAfterMs: details.flatMap(({ retryDelay }) => retryDelay ?? [])[0],
  };
}

/** `google.rpc.ErrorInfo` and `RetryInfo`, whose delay is written `17.5s`. */
const errorDetails = z
  .array(
    z.object({
      reason: z.string().optional().catch(undefined),
      retryDelay: z
        .string()
        .regex(/^\d+(\.\d+)?s$/)
        .transform((delay) => Math.ceil(Number.parseFloat(delay) * 1000))
        .optional()
        .catch(undefined),
    }),
  )
  .catch([]);

function reasonOf(error: GoogleGenerativeAIFetchError, details: z.infer<typeof errorDetails>): HttpFailure['reason'] {
  // A bad key is a 400 here.
  if (details.some(({ reason }) => reason === 'API_KEY_INVALID')) return 'authentication';
  return error.status === 400 && TOO_LONG.test(error.message) ? 'context_too_long' : undefined;
}

/**
 * Gemini has no error code for this: it is an `INVALID_ARGUMENT` like any other 400. Should the wording change, the
 * failure reads `bad_request`, which is not retried either.
 */
const TOO_LONG = /input token count .*exceeds the maximum number of tokens/;
