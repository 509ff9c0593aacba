import { events, namedEvents } from '../reply-server.ts';
import type { Kind } from './kind.ts';

const start = (usage: unknown = { input_tokens: 10, output_tokens: 1 }) => ({
  type: 'message_start',
  message: { id: 'm1', type: 'message', role: 'assistant', model: 'c', content: [], stop_reason: null, usage },
});
const opens = (content_block: object) => ({ type: 'content_block_start', index: 0, content_block });
const says = (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const ends = (stop_reason: string | null, usage?: unknown) => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage,
});
const STOP = { type: 'message_stop' };
const COUNTED = { output_tokens: 5 };
const error = (type: string) => ({ type: 'error', error: { type, message: 'x' } });

const whole = (rest: object) =>
  JSON.stringify({
    type: 'message',
    role: 'assistant',
    model: 'c',
    content: [{ type: 'text', text: 'Blue.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
    ...rest,
  });
const blue = { text: 'Blue.', finishReason: 'stop', model: 'c', tokens: '10/5' } as const;

/** Replies in Anthropic's protocol, as its compatible servers send them. */
export const anthropicKinds: Kind[] = [
  {
    kind: 'an end without counts',
    body: namedEvents(start(), says('Blue.'), ends('end_turn'), STOP),
    is: { ...blue, tokens: '~10/2' },
  },
  {
    kind: 'counts of the input at the end',
    body: namedEvents(
      start({ input_tokens: 0, output_tokens: 0 }),
      says('Blue.'),
      ends('end_turn', { input_tokens: 123, output_tokens: 45 }),
      STOP,
    ),
    is: { ...blue, tokens: '123/45' },
  },
  {
    kind: 'a beginning without counts',
    body: namedEvents(start(null), says('Blue.'), ends('end_turn', { input_tokens: 123, output_tokens: 45 }), STOP),
    is: { ...blue, tokens: '123/45' },
  },
  {
    kind: 'no beginning',
    body: namedEvents(says('Blue.'), ends('end_turn', COUNTED), STOP),
    is: { ...blue, model: 'asked', tokens: '~25/5' },
  },
  {
    kind: 'thinking before the text',
    body: namedEvents(
      start(),
      opens({ type: 'thinking', thinking: '' }),
      { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'hm' } },
      opens({ type: 'redacted_thinking', data: 'zz' }),
      { type: 'ping' },
      opens({ type: 'text', text: '' }),
      says('Blue.'),
      ends('end_turn', COUNTED),
      STOP,
    ),
    is: blue,
  },
  {
    kind: 'text at the beginning of its block',
    body: namedEvents(start(), opens({ type: 'text', text: 'Blue' }), says('.'), ends('end_turn', COUNTED), STOP),
    is: blue,
  },
  { kind: 'events without names', body: events(start(), says('Blue.'), ends('end_turn', COUNTED), STOP), is: blue },
  {
    kind: 'events whose type is their name alone',
    body: `event: content_block_delta\ndata: {"delta":{"text":"Blue."}}\n\n${namedEvents(ends('end_turn', COUNTED))}`,
    is: { ...blue, model: 'asked', tokens: '~25/5' },
  },
  {
    kind: 'no reason to stop before the end',
    body: namedEvents(start(), says('Blue.'), ends(null, COUNTED), STOP),
    is: blue,
  },
  {
    kind: 'events of other names',
    body: namedEvents(
      start(),
      says('Blue'),
      { type: 'usage.progress', error: 'none' },
      says('.'),
      ends('end_turn', COUNTED),
      STOP,
    ),
    is: blue,
  },
  { kind: 'one body without counts', body: whole({ usage: undefined }), is: { ...blue, tokens: '~25/2' } },
  {
    kind: 'one body of null counts',
    body: whole({ usage: { input_tokens: null, output_tokens: null } }),
    is: { ...blue, tokens: '~25/2' },
  },
  { kind: 'one body whose content is a text', body: whole({ content: 'Blue.', type: undefined }), is: blue },
  {
    kind: 'marked thinking',
    body: whole({ content: [{ type: 'text', text: '<thinking>hm</thinking>\nBlue.' }] }),
    is: blue,
  },

  {
    kind: 'only thinking up to the limit',
    body: whole({ content: [{ type: 'thinking', thinking: 'hm' }], stop_reason: 'max_tokens' }),
    is: { reason: 'output_limit' },
  },
  { kind: 'a refusal', body: whole({ content: [], stop_reason: 'refusal' }), is: { reason: 'refused' } },
  {
    kind: 'an overload as the first event',
    body: namedEvents(error('overloaded_error')),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'an overload after text',
    body: namedEvents(start(), says('Blue'), error('overloaded_error')),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a rate limit after the beginning',
    body: namedEvents(start(), error('rate_limit_error')),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'an error in one body with status 200',
    body: JSON.stringify(error('invalid_request_error')),
    is: { reason: 'bad_request' },
  },
  {
    kind: 'a prompt that is too long',
    status: 400,
    body: JSON.stringify({
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 213462 tokens > 200000 maximum' },
    }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a prompt that leaves no room',
    status: 400,
    body: JSON.stringify({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000',
      },
    }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a low credit',
    status: 400,
    body: JSON.stringify({
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
    }),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'an unknown model',
    status: 404,
    body: JSON.stringify({ type: 'error', error: { type: 'not_found_error', message: 'model: claude-nope' } }),
    is: { reason: 'model_not_found' },
  },
  { kind: 'a stream that ends in its middle', body: namedEvents(start(), says('Blue')), is: { reason: 'connection' } },
];
