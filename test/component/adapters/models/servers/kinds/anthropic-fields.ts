import { events, namedEvents } from '../reply-server.ts';
import type { Kind } from './kind.ts';

const start = (rest: object = {}) => ({
  type: 'message_start',
  message: { type: 'message', model: 'c', content: [], usage: { input_tokens: 10, output_tokens: 1 }, ...rest },
});
const delta = (fields: object, index = 0) => ({ type: 'content_block_delta', index, delta: fields });
const says = (text: string) => delta({ type: 'text_delta', text });
const opens = (content_block: object) => ({ type: 'content_block_start', index: 0, content_block });
const ends = (stop_reason: string) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage: { output_tokens: 5 },
});
const STOP = { type: 'message_stop' };
const whole = (rest: object) =>
  JSON.stringify({
    type: 'message',
    model: 'c',
    content: [{ type: 'text', text: 'Blue.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
    ...rest,
  });
const failed = (type: string, message = 'x') => ({ type: 'error', error: { type, message }, request_id: null });
const blue = { text: 'Blue.', finishReason: 'stop', model: 'c', tokens: '10/5' } as const;

/** Fields and events of Anthropic's protocol as it and its compatible servers send them. */
export const anthropicFields: Kind[] = [
  {
    kind: 'pings, CRLF and blank events',
    body: `event: ping\r\ndata: {"type": "ping"}\r\n\r\n${namedEvents(start(), says('Blue.'), { type: 'ping' }, ends('end_turn'), STOP).replaceAll('\n', '\r\n')}`,
    pieceLength: 1,
    is: blue,
  },
  {
    kind: 'deltas of signatures, citations and calls of tools',
    body: namedEvents(
      start(),
      delta({ type: 'signature_delta', signature: 'zz' }),
      delta({ type: 'citations_delta', citation: { cited_text: 'sky' } }),
      says('Blue.'),
      delta({ type: 'input_json_delta', partial_json: '{"a":' }, 1),
      ends('end_turn'),
      STOP,
    ),
    is: blue,
  },
  { kind: 'a whole message with a block without type', body: whole({ content: [{ text: 'Blue.' }] }), is: blue },
  { kind: 'a whole message in an event stream', body: events(JSON.parse(whole({}))), is: blue },
  {
    kind: 'blocks of tools and thinking around the text of one body',
    body: whole({
      content: [
        { type: 'thinking', thinking: 'hm', signature: 'zz' },
        { type: 'server_tool_use', id: 't', name: 'f', input: {} },
        { type: 'text', text: 'Blue', citations: null },
        { type: 'text', text: '.' },
      ],
    }),
    is: blue,
  },
  ...(
    [
      ['stop_sequence', 'stop'],
      ['max_tokens', 'length'],
      ['model_context_window_exceeded', 'length'],
      ['pause_turn', 'other'],
      ['refusal', 'content_filter'],
      ['eos_token', 'stop'],
    ] as const
  ).map(
    ([stop_reason, finishReason]): Kind => ({
      kind: `the reason to stop ${stop_reason}`,
      body: namedEvents(start(), says('Blue.'), ends(stop_reason), STOP),
      is: { ...blue, finishReason },
    }),
  ),
  {
    kind: 'counts of a cache, and strings',
    body: whole({
      usage: { input_tokens: '4', cache_read_input_tokens: 4, cache_creation_input_tokens: 2, output_tokens: '5' },
    }),
    is: blue,
  },
  {
    kind: 'counts of a cache at the end alone',
    body: namedEvents(
      start({ usage: { input_tokens: 0, output_tokens: 0 } }),
      says('Blue.'),
      { ...ends('end_turn'), usage: { input_tokens: 4, cache_read_input_tokens: 6, output_tokens: 5 } },
      STOP,
    ),
    is: blue,
  },
  {
    kind: 'no message_stop, and a connection that breaks behind the reason to stop',
    body: namedEvents(start(), says('Blue.'), ends('end_turn')),
    breaks: true,
    is: blue,
  },
  {
    kind: 'characters of several bytes, cut anywhere',
    body: namedEvents(start(), says('青'), says('🟦'), ends('end_turn'), STOP),
    pieceLength: 1,
    is: { ...blue, text: '青🟦' },
  },
  {
    kind: 'thinking marks in pieces',
    body: namedEvents(start(), says('<thi'), says('nk>hm</think>\nBlue.'), ends('end_turn'), STOP),
    is: blue,
  },
  {
    kind: 'only thinking, streamed up to the limit',
    body: namedEvents(
      start(),
      opens({ type: 'thinking', thinking: '' }),
      delta({ type: 'thinking_delta', thinking: 'hm' }),
      ends('max_tokens'),
      STOP,
    ),
    is: { reason: 'output_limit' },
  },
  { kind: 'a refusal in a stream', body: namedEvents(start(), ends('refusal'), STOP), is: { reason: 'refused' } },
  { kind: 'a pause without text', body: namedEvents(start(), ends('pause_turn'), STOP), is: { reason: 'empty_reply' } },
  {
    kind: 'a stream that breaks',
    body: namedEvents(start(), says('Blue')),
    breaks: true,
    is: { reason: 'connection' },
  },
  {
    kind: 'an error event of words',
    body: `${namedEvents(start(), says('Blue'))}event: error\ndata: Overloaded\n\n`,
    is: { reason: 'overloaded' },
  },
  {
    kind: 'an error of the API in a stream',
    body: namedEvents(start(), failed('api_error', 'Internal server error')),
    is: { reason: 'server_error' },
  },
  { kind: 'a timeout in a stream', body: namedEvents(start(), failed('timeout_error')), is: { reason: 'timeout' } },
  {
    kind: 'a prompt that is too long, told in a stream',
    body: namedEvents(failed('invalid_request_error', 'prompt is too long: 213462 tokens > 200000 maximum')),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a request that is too large',
    status: 413,
    body: JSON.stringify(failed('request_too_large', 'Request exceeds the maximum size')),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a low credit in a stream',
    body: namedEvents(failed('billing_error', 'Your credit balance is too low')),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'a wrong key',
    status: 401,
    body: JSON.stringify(failed('authentication_error', 'invalid x-api-key')),
    is: { reason: 'authentication' },
  },
  {
    kind: 'a place that is refused',
    status: 403,
    body: JSON.stringify(failed('forbidden', 'Request not allowed')),
    is: { reason: 'permission' },
  },
  {
    kind: 'an overload with a wait',
    status: 529,
    headers: { 'retry-after': '3' },
    body: JSON.stringify(failed('overloaded_error', 'Overloaded')),
    is: { reason: 'overloaded', retryAfterMs: 3_000 },
  },
  {
    kind: 'a refusal behind some text',
    body: namedEvents(start(), says('Blue'), ends('refusal'), STOP),
    is: { ...blue, text: 'Blue', finishReason: 'content_filter' },
  },
  {
    kind: 'a call of a tool without text',
    body: namedEvents(start(), opens({ type: 'tool_use', id: 't', name: 'f', input: {} }), ends('tool_use'), STOP),
    is: { reason: 'empty_reply' },
  },
  {
    kind: 'a pause behind some text, and thinking that is redacted',
    body: whole({
      content: [
        { type: 'redacted_thinking', data: 'zz' },
        { type: 'text', text: 'Blue.' },
      ],
      stop_reason: 'pause_turn',
    }),
    is: { ...blue, finishReason: 'other' },
  },
  {
    kind: 'text as the delta of a block without types',
    body: namedEvents(start(), opens({ text: '' }), delta({ text: 'Blue.' }), ends('end_turn'), STOP),
    is: blue,
  },
  { kind: 'pings alone', body: namedEvents({ type: 'ping' }, { type: 'ping' }), is: { reason: 'malformed_reply' } },
  {
    kind: 'an end that OpenAI’s protocol has',
    body: `${namedEvents(start(), says('Blue.'))}data: [DONE]\n\n`,
    is: { ...blue, tokens: '~10/2' },
  },
  {
    kind: 'an error of Bedrock in a stream',
    body: namedEvents(start(), says('Blue'), {
      type: 'error',
      error: { type: 'modelStreamErrorException', message: 'The model has encountered an error' },
    }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'too many requests of Bedrock',
    body: JSON.stringify({
      __type: 'ThrottlingException',
      message: 'Too many requests, please wait before trying again.',
    }),
    status: 429,
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'a page of a proxy',
    status: 529,
    headers: { 'content-type': 'text/html' },
    body: '<html>overloaded</html>',
    is: { reason: 'overloaded' },
  },
  {
    kind: 'words instead of JSON',
    status: 503,
    headers: { 'content-type': 'text/plain' },
    body: 'upstream connect error or disconnect/reset before headers. reset reason: connection timeout',
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a daily limit',
    status: 429,
    body: JSON.stringify(failed('rate_limit_error', 'Number of request tokens has exceeded your daily rate limit')),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'a limit of a minute',
    status: 429,
    body: JSON.stringify(
      failed('rate_limit_error', 'Number of request tokens has exceeded your per-minute rate limit'),
    ),
    headers: { 'retry-after': '17', 'x-should-retry': 'true' },
    is: { reason: 'rate_limited', retryAfterMs: 17_000 },
  },
];
