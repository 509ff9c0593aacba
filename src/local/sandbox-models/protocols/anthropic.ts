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
    .transform((blocks) => blocks.map((b) => b.text).join('\n')),
]);

const streamed = z.object({ stream: z.literal(true) });

const request = z.object({
  model: z.string(),
  max_tokens: z.number().int().positive(),
  system: text.default(''),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: text })).min(1),
});

/** Anthropic's messages. */
export const anthropic: Protocol = {
  provider: 'claude',
  paths: ['/anthropic/v1/messages'],
  // Its SDK sends a bearer token since version 1, and `x-api-key` before.
  keyHeaders: ['authorization', 'x-api-key'],
  read,
  write,
  streaming: (_path, body) => (streamed.safeParse(body).success ? writeStream : null),
  errorEvent: (data) => ({ name: 'error', data }),
  error: (status, message) => ({
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'), message },
    request_id: `req_${randomUUID()}`,
  }),
};

function read(body: unknown): Chat {
  const { system, messages } = request.parse(body);
  return { system, turns: messages.map(({ role, content }) => ({ role, text: content })) };
}

function write({ text, finish, tokens }: ChatReply) {
  return {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model: SANDBOX_MODEL,
    content: text === '' ? [] : [{ type: 'text', text }],
    stop_reason: STOP_REASONS[finish],
    stop_sequence: null,
    usage: {
      input_tokens: tokens.input - tokens.cached,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: tokens.cached,
      output_tokens: tokens.output,
    },
  };
}

const writeStream: WriteStream = (reply, pieces) => {
  const { content, stop_reason, stop_sequence, usage, ...message } = write(reply);
  const begun = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  };
  const says = content.length > 0;
  return {
    opening: [
      toEvent({ type: 'message_start', message: begun }),
      ...(says ? [toEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })] : []),
      toEvent({ type: 'ping' }),
    ],
    pieces: pieces.map((text) =>
      toEvent({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
    closing: [
      ...(says ? [toEvent({ type: 'content_block_stop', index: 0 })] : []),
      toEvent({
        type: 'message_delta',
        delta: { stop_reason, stop_sequence },
        usage: { output_tokens: usage.output_tokens },
      }),
      toEvent({ type: 'message_stop' }),
    ],
  };
};

function toEvent(event: { type: string; [field: string]: unknown }): StreamEvent {
  return { name: event.type, data: JSON.stringify(event) };
}

const STOP_REASONS: Record<ChatReply['finish'], string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  refusal: 'refusal',
};

const ERROR_TYPES: Record<number, string> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};
