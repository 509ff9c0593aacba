import { z } from 'zod';
import { type Chat, type ChatReply, type Protocol, SANDBOX_MODEL, type WriteStream } from './chat-protocol.ts';

const parts = z.array(z.object({ text: z.string() })).transform((all) => all.map(({ text }) => text).join('\n'));

const request = z.object({
  systemInstruction: z.object({ parts }).optional(),
  contents: z.array(z.object({ role: z.enum(['user', 'model']).default('user'), parts })).min(1),
});

/** Gemini's `generateContent` and `streamGenerateContent`. */
export const gemini: Protocol = {
  provider: 'gemini',
  paths: ['generateContent', 'streamGenerateContent'].map((task) => `/gemini/v1beta/models/:model\\:${task}`),
  keyHeaders: ['x-goog-api-key'],
  read,
  write,
  streaming: (path) => (path.endsWith(':streamGenerateContent') ? writeStream : null),
  errorEvent: (data) => ({ data }),
  error: (status, message) => ({ error: { code: status, message, status: STATUSES[status] ?? 'UNKNOWN' } }),
};

function read(body: unknown): Chat {
  const { systemInstruction, contents } = request.parse(body);
  return {
    system: systemInstruction?.parts ?? '',
    turns: contents.map(({ role, parts }) => ({ role: role === 'model' ? 'assistant' : 'user', text: parts })),
  };
}

function write({ text, finish, tokens }: ChatReply): object {
  const said =
    finish === 'refusal'
      ? { promptFeedback: { blockReason: 'SAFETY' } }
      : {
          candidates: [
            {
              index: 0,
              content: { role: 'model', parts: text === '' ? [] : [{ text }] },
              finishReason: FINISH_REASONS[finish],
            },
          ],
        };
  return {
    ...said,
    modelVersion: SANDBOX_MODEL,
    usageMetadata: {
      promptTokenCount: tokens.input,
      candidatesTokenCount: tokens.output,
      totalTokenCount: tokens.input + tokens.output,
      ...(tokens.cached > 0 ? { cachedContentTokenCount: tokens.cached } : {}),
    },
  };
}

/** The reason to stop and the counts stand in the chunk with the last piece. */
const writeStream: WriteStream = (reply, pieces) => {
  const last = write({ ...reply, text: pieces.at(-1) ?? '' });
  const chunks = pieces.slice(0, -1).map((text) => ({
    candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] } }],
    modelVersion: SANDBOX_MODEL,
    usageMetadata: { promptTokenCount: reply.tokens.input, totalTokenCount: reply.tokens.input },
  }));
  return { opening: [], pieces: [...chunks, last].map((chunk) => ({ data: JSON.stringify(chunk) })), closing: [] };
};

const FINISH_REASONS = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY' };

const STATUSES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};
