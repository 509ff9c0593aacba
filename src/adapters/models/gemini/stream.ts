import { GoogleGenerativeAIError, GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { z } from 'zod';
import { providerFailure } from '../../../domain/shared/errors.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody } from '../lib/model-reply.ts';
import { unfinishedStream } from '../lib/unfinished-stream.ts';
import { fromGeminiReply, geminiResponse, textOf } from './reply.ts';

const chunk = geminiResponse
  .extend({
    error: z.object({ code: z.int(), message: z.string(), details: z.array(z.looseObject({})).optional() }).optional(),
  })
  // Every field may be missing, but a chunk says at least one of these.
  .refine((it) => it.candidates ?? it.promptFeedback ?? it.usageMetadata ?? it.error);

/**
 * @param asked the model that was asked, for streams that do not name theirs.
 * @throws GoogleGenerativeAIFetchError for an error that stands in the stream, as for a reply that is one.
 * @throws AskError `provider_error` when a chunk is malformed, the stream is cut, or the reply says nothing.
 */
export async function fromGeminiStream(
  chunks: AsyncIterable<unknown>,
  asked: string,
  onText: (text: string) => void,
): Promise<ModelReply> {
  const whole: z.infer<typeof geminiResponse> = {};
  let finishReason: string | undefined;
  let text = '';
  for await (const body of readable(chunks)) {
    const { error, candidates, ...facts } = parseBody('gemini', chunk, body);
    if (error) throw new GoogleGenerativeAIFetchError(error.message, error.code, '', error.details);
    const piece = textOf(candidates?.[0]?.content?.parts ?? []);
    if (piece !== '') onText(piece);
    text += piece;
    finishReason = candidates?.[0]?.finishReason ?? finishReason;
    // Each chunk counts the tokens so far; the last one counts them all.
    Object.assign(whole, facts);
  }
  if (finishReason === undefined && !whole.promptFeedback?.blockReason) throw unfinishedStream('gemini');
  return fromGeminiReply({ ...whole, candidates: [{ finishReason, content: { parts: [{ text }] } }] }, asked);
}

async function* readable(chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof GoogleGenerativeAIError) || !NO_JSON.test(error.message)) throw error;
    throw providerFailure('gemini', 'malformed_reply', { retryable: true });
  }
}

/**
 * The SDK has one error for a chunk that cannot be read and for a broken connection, and tells them apart in words alone.
 * Should the wording change, the failure reads `connection`, which is retried too.
 */
const NO_JSON = /: (Error parsing JSON response|Failed to parse stream)/;
