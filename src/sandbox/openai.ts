import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Chat, type ChatReply, type Protocol, SANDBOX_MODEL } from './chat.ts';

const text = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((p) => p.text).join('\n')),
]);

const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: text })).min(1),
});

/** OpenAI's chat completions. */
export const openai: Protocol = {
  provider: 'openai',
  path: '/openai/v1/chat/completions',
  keyHeaders: ['authorization'],
  read,
  write,
  error: (status, message) => ({
    error: { message, type: ERROR_TYPES[status] ?? errorType(status), param: null, code: null },
  }),
};

function read(body: unknown): Chat {
  const { messages } = request.parse(body);
  const chat: Chat = { system: '', turns: [] };
  for (const { role, content } of messages) {
    if (role === 'user' || role === 'assistant') chat.turns.push({ role, text: content });
    else chat.system += `${content}\n`;
  }
  return chat;
}

function write({ text, finish, tokens }: ChatReply): object {
  const refused = finish === 'refusal';
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: SANDBOX_MODEL,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused ? null : text,
          refusal: refused ? "I'm sorry, I can't help with that." : null,
        },
        finish_reason: refused ? 'stop' : finish,
        logprobs: null,
      },
    ],
    usage: {
      prompt_tokens: tokens.input,
      completion_tokens: tokens.output,
      total_tokens: tokens.input + tokens.output,
      prompt_tokens_details: { cached_tokens: tokens.cached },
    },
  };
}

const ERROR_TYPES: Record<number, string> = { 401: 'authentication_error', 403: 'permission_error', 429: 'requests' };

function errorType(status: number): string {
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
