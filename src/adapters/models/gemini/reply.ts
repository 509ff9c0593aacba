import { z } from 'zod';
import type { FinishReason } from '../../../domain/ask/message.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody, withText } from '../lib/model-reply.ts';

const part = z.object({ text: z.string().optional(), thought: z.boolean().optional() });

/** A reply, or a piece of a streamed one. */
export const geminiResponse = z.object({
  modelVersion: z.string().optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  candidates: z
    .array(
      z.object({
        finishReason: z.string().optional(),
        content: z.object({ parts: z.array(part).optional() }).optional(),
      }),
    )
    .optional(),
  usageMetadata: z
    .object({
      promptTokenCount: z.number().default(0),
      candidatesTokenCount: z.number().default(0),
      thoughtsTokenCount: z.number().default(0),
      cachedContentTokenCount: z.number().default(0),
    })
    .optional(),
});

// Every field may be missing, but a reply says at least one of these.
const response = geminiResponse.refine((reply) => reply.candidates !== undefined || reply.promptFeedback !== undefined);

const FINISH_REASONS: Record<string, FinishReason> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
};

/**
 * @param asked the model that was asked, for replies that do not name theirs.
 * @throws AskError `provider_error` when the reply is malformed or says nothing.
 */
export function fromGeminiReply(body: unknown, asked: string): ModelReply {
  const { candidates, promptFeedback, usageMetadata, modelVersion } = parseBody('gemini', response, body);
  const candidate = candidates?.[0];
  const parts = candidate?.content?.parts ?? [];
  return withText('gemini', {
    text: textOf(parts),
    finishReason: promptFeedback?.blockReason
      ? 'content_filter'
      : (FINISH_REASONS[candidate?.finishReason ?? ''] ?? 'other'),
    model: modelVersion ?? asked,
    tokens: {
      input: usageMetadata?.promptTokenCount ?? 0,
      // Thinking is paid as output but not counted among the candidates' tokens.
      output: (usageMetadata?.candidatesTokenCount ?? 0) + (usageMetadata?.thoughtsTokenCount ?? 0),
      cached: usageMetadata?.cachedContentTokenCount ?? 0,
    },
  });
}

/** What the parts say to the reader, their thoughts left out. */
export function textOf(parts: z.infer<typeof part>[]): string {
  return parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join('');
}
