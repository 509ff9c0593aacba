import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type Chat,
  type ChatReply,
  type Protocol,
  SANDBOX_MODEL,
  type StreamEvent,
  type WriteStream,
} from './chat-protocol.ts';

const text = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((p) => p.text).join('\n')),
]);

const streamed = z.object({
  stream: z.literal(true),
  stream_options: z.object({ include_usage: z.boolean().default(false) }).optional(),
});

const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: text })).min(1),
});

/** OpenAI's chat completions. */
export const openai: Protocol = {
  provider: 'openai',
  paths: ['/openai/v1/chat/completions'],
  keyHeaders: ['authorization'],
  read,
  write,
  streaming,
  errorEvent: (data) => ({ data }),
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
  const message = { role: 'assistant', content: refused ? null : text, refusal: refused ? REFUSAL : null };
  return {
    ...headOf('chat.completion'),
    choices: [{ index: 0, message, finish_reason: refused ? 'stop' : finish, logprobs: null }],
    usage: usageOf(tokens),
  };
}

function streaming(_path: string, body: unknown): WriteStream | null {
  const options = streamed.safeParse(body);
  if (!options.success) return null;
  return ({ finish, tokens }, pieces) => {
    const head = headOf('chat.completion.chunk');
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      ...head,
      choices: [{ index: 0, delta, finish_reason, logprobs: null }],
    });
    const refused = finish === 'refusal';
    const counts = options.data.stream_options?.include_usage ? [{ ...head, choices: [], usage: usageOf(tokens) }] : [];
    return {
      opening: [chunk({ role: 'assistant', content: '', refusal: null })].map(toEvent),
      pieces: pieces.map((content) => toEvent(chunk({ content }))),
      closing: [
        ...(refused ? [chunk({ refusal: REFUSAL })] : []).map(toEvent),
        ...[chunk({}, refused ? 'stop' : finish), ...counts].map(toEvent),
        { data: '[DONE]' },
      ],
    };
  };
}

function toEvent(chunk: object): StreamEvent {
  return { data: JSON.stringify(chunk) };
}

const REFUSAL = "I'm sorry, I can't help with that.";

function headOf(object: string) {
  return {
    id: `chatcmpl-${randomUUID()}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model: SANDBOX_MODEL,
  };
}

function usageOf(tokens: ChatReply['tokens']) {
  return {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    prompt_tokens_details: { cached_tokens: tokens.cached },
  };
}

const ERROR_TYPES: Record<number, string> = { 401: 'authentication_error', 403: 'permission_error', 429: 'requests' };

function errorType(status: number): string {
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
