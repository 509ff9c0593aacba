import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const says = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const ends = (finish_reason: string, delta: object = {}) => ({ choices: [{ index: 0, delta, finish_reason }] });
const whole = (message: object, finish_reason: string) =>
  JSON.stringify({ choices: [{ index: 0, message, finish_reason }] });
const json = (body: unknown) => JSON.stringify(body);
const page = { 'content-type': 'text/html' };

/** Failures in OpenAI's protocol, as its many servers put them into words. */
export const openAiFailures: Kind[] = [
  {
    kind: 'thinking up to the length limit, in a stream',
    body: events({ choices: [{ delta: { reasoning_content: 'hm' } }] }, ends('length'), DONE),
    is: { reason: 'output_limit' },
  },
  {
    kind: 'thinking up to the length limit, in one body',
    body: whole({ content: null, reasoning_content: 'hm' }, 'length'),
    is: { reason: 'output_limit' },
  },
  {
    kind: 'marked thinking up to the length limit',
    body: whole({ content: '<think>hm' }, 'length'),
    is: { reason: 'output_limit' },
  },
  { kind: 'no text', body: whole({ content: '' }, 'stop'), is: { reason: 'empty_reply' } },
  {
    kind: 'no choices',
    body: json({ id: '', choices: [], model: '', usage: { completion_tokens: 0 } }),
    is: { reason: 'empty_reply' },
  },
  {
    kind: 'no text by the safety filter, in a stream',
    body: events(ends('SAFETY', { role: 'assistant' }), DONE),
    is: { reason: 'refused' },
  },
  {
    kind: 'no text by the safety filter, in one body',
    body: whole({ content: null }, 'SAFETY'),
    is: { reason: 'refused' },
  },
  { kind: 'a refusal', body: whole({ content: null, refusal: 'I cannot.' }, 'stop'), is: { reason: 'refused' } },
  { kind: 'a stream that ends in its middle', body: events(says('Blue')), is: { reason: 'connection' } },
  {
    kind: 'a stream that ends within an event',
    body: events(says('Blue'), 'data: {"choices": [{"del'),
    is: { reason: 'connection' },
  },
  {
    kind: 'a broken event',
    body: events(says('Blue'), 'data: {"choices": [{"del\n\n', says('.'), DONE),
    is: { reason: 'malformed_reply' },
  },
  { kind: 'no body', body: '', is: { reason: 'malformed_reply' } },

  {
    kind: 'a rate limit in a stream',
    body: events({ error: { code: 429, message: 'Rate limit exceeded upstream' } }, DONE),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'a rate limit in one body with status 200',
    body: json({ error: { code: 429, message: 'Provider returned error' }, user_id: 'u' }),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'no credit in one body with status 200',
    body: json({ error: { code: 402, message: 'Insufficient credits' } }),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'an error inside the choice of a stream',
    body: events(
      says('Blue is'),
      { choices: [{ delta: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'upstream died' } }] },
      DONE,
    ),
    is: { reason: 'server_error' },
  },
  {
    kind: 'an error inside the choice of one body',
    body: json({ choices: [{ message: { content: 'Blue is' }, finish_reason: 'error', error: { code: 502 } }] }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'the reason to stop `error` without more',
    body: events(says('Blue is'), ends('error'), DONE),
    is: { reason: 'server_error' },
  },
  {
    kind: 'an event named error',
    body: events(says('Blue is'), 'event: error\ndata: {"error":{"type":"server_error","message":"gone"}}\n\n'),
    is: { reason: 'server_error' },
  },
  {
    kind: 'an error of a stream in words alone',
    body: events({ error: 'something broke' }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'an error with status 200 at the top of the body',
    body: json({ object: 'error', message: 'overloaded', type: 'service_unavailable', code: 503 }),
    is: { reason: 'overloaded' },
  },

  {
    kind: 'a context overflow in a field `error` of a stream',
    body: 'error: {"code":400,"message":"the request exceeds the available context size"}\n\n',
    is: { reason: 'context_too_long' },
  },
  ...[
    "This model's maximum context length is 8192 tokens. However, you requested 20446 tokens",
    'The decoder prompt (length 20446) is longer than the maximum model length of 8192.',
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000',
    'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
    "The input (10000 tokens) is longer than the model's context length (8192 tokens).",
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    'Requested tokens (5000) exceed context window of 2048',
    'Range of input length should be [1, 30720]',
    'Input is too long for requested model.',
    'Your request exceeded model token limit: 8192',
    'Please reduce the length of the messages or completion.',
  ].map(
    (message): Kind => ({
      kind: `a context overflow: ${message}`,
      status: 400,
      body: json({ object: 'error', message, code: 400 }),
      is: { reason: 'context_too_long' },
    }),
  ),
  {
    kind: 'a context overflow by its type',
    status: 400,
    body: json({ error: { code: 400, message: 'too much', type: 'exceed_context_size_error', n_ctx: 4096 } }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a context overflow as an error of the server',
    status: 500,
    body: json({ error: { code: 500, message: 'Context size has been exceeded.', type: 'server_error' } }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a body that is too large for a proxy',
    status: 413,
    headers: page,
    body: '<html>Request Entity Too Large</html>',
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a request that is larger than the limit of a minute',
    status: 429,
    body: json({ error: { message: 'Request too large for m on tokens per min: Limit 10000, Requested 15000.' } }),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a deadline of a Go server',
    status: 500,
    body: json({ error: 'context deadline exceeded' }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'a limit of the output that is too large',
    status: 400,
    body: json({
      error: {
        message: 'max_completion_tokens is too large: 50000. This model supports at most 4096 completion tokens.',
      },
    }),
    is: { reason: 'bad_request' },
  },
];
