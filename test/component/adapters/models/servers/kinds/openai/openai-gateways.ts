import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const choice = (delta: unknown, finish_reason: unknown = null, rest: object = {}) => ({
  index: 0,
  delta,
  finish_reason,
  ...rest,
});
const chunk = (...choices: object[]) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices,
});
const says = (content: unknown, rest: object = {}) => chunk(choice({ content }, null, rest));
const STOP = chunk(choice({}, 'stop'));
const COUNTS = { ...chunk(), usage: USAGE };
const STREAM = events(says('Blue'), says('.'), STOP, COUNTS);
const whole = (message: unknown, finish_reason: unknown = 'stop', rest: object = {}) =>
  JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    model: 'm',
    choices: [{ index: 0, message, finish_reason }],
    usage: USAGE,
    ...rest,
  });
const BLUE = { role: 'assistant', content: 'Blue.' };
const blue = { text: 'Blue.', finishReason: 'stop', model: 'm', tokens: '10/5' } as const;
const SAFE = { hate: { filtered: false, severity: 'safe' } };

/** Replies of hosts and gateways that speak OpenAI's protocol, each with what is its own in them. */
export const openAiGateways: Kind[] = [
  {
    kind: 'results of two filters in each chunk, as Azure sends them',
    body: events(
      {
        id: '',
        object: '',
        created: 0,
        model: '',
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: SAFE }],
      },
      chunk(
        choice({ role: 'assistant', content: '', refusal: null }, null, { content_filter_results: {}, logprobs: null }),
      ),
      says('Blue', { content_filter_results: SAFE }),
      says('.', { content_filter_results: { ...SAFE, protected_material_text: { detected: false, filtered: false } } }),
      chunk(choice({}, 'stop', { content_filter_results: {} })),
      { ...chunk({ index: 0, content_filter_offsets: { check_offset: 1 }, content_filter_results: SAFE }), model: '' },
      COUNTS,
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'a message without content that the filter of Azure has stopped',
    body: whole({ role: 'assistant' }, 'content_filter', { prompt_filter_results: [{ prompt_index: 0 }] }),
    is: { reason: 'refused' },
  },
  {
    kind: 'blank lines for ten minutes and then a body, as OpenRouter waits',
    body: `${'\n         \n'.repeat(60)}${whole(BLUE, 'stop', { provider: 'Chutes', system_fingerprint: null })}`,
    is: blue,
  },
  {
    kind: 'blank lines and then an error, as OpenRouter fails',
    body: `${'\n         \n'.repeat(20)}${JSON.stringify({ error: { message: 'Internal Server Error', code: 500 } })}`,
    is: { reason: 'server_error' },
  },
  { kind: 'blank lines alone', body: '\n         \n'.repeat(20), is: { reason: 'malformed_reply' } },
  {
    kind: 'a native reason to stop beside the usual one',
    body: events(
      says('Blue.', { native_finish_reason: null, logprobs: null }),
      chunk(choice({ role: 'assistant', content: '' }, 'stop', { native_finish_reason: 'STOP' })),
      { ...COUNTS, usage: { ...USAGE, cost: 0.1, is_byok: false, cost_details: { upstream_inference_cost: null } } },
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'a rate limit of the provider behind OpenRouter',
    body: JSON.stringify({
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: 'm:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations',
          provider_name: 'Chutes',
        },
      },
      user_id: 'u',
    }),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'an error in the choice of a body beside no message',
    body: JSON.stringify({
      choices: [{ index: 0, finish_reason: null, error: { code: 503, message: 'Upstream idle' } }],
    }),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'thinking in parts that are closed, as Magistral sends them',
    body: whole({
      role: 'assistant',
      tool_calls: null,
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }], closed: true },
        { type: 'text', text: 'Blue.' },
      ],
    }),
    is: blue,
  },
  {
    kind: 'a padding in each chunk, as Mistral sends it',
    body: events(
      { ...says('Blue.'), p: 'abcdefgh' },
      { ...chunk(choice({ content: '' }, 'stop')), usage: USAGE, p: 'abc' },
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'empty thinking beside the text, as DeepSeek and vLLM send it',
    body: events(
      chunk(choice({ role: 'assistant', content: null, reasoning_content: '' })),
      chunk(choice({ content: null, reasoning_content: 'hm' })),
      chunk(choice({ content: '\n\nBlue', reasoning_content: null })),
      says('.'),
      chunk(choice({ content: '', reasoning_content: null }, 'stop', { stop_reason: null })),
      COUNTS,
      DONE,
    ),
    is: { ...blue, text: '\n\nBlue.' },
  },
  {
    kind: 'what stopped it as an object, as SGLang names it',
    body: events(says('Blue.'), chunk(choice({ content: '' }, 'stop', { matched_stop: 151645 })), COUNTS, DONE),
    is: blue,
  },
  {
    kind: 'a reason to stop that is an object with a type',
    body: whole(BLUE, { type: 'length', length: 500 }),
    is: { ...blue, finishReason: 'length' },
  },
  {
    kind: 'thinking that is counted beside the output, as xAI counts it',
    body: whole(BLUE, 'stop', {
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 22,
        completion_tokens_details: { reasoning_tokens: 7 },
      },
    }),
    is: { ...blue, tokens: '10/12' },
  },
  {
    kind: 'thinking that is counted within the output, as OpenAI counts it',
    body: whole(BLUE, 'stop', { usage: { ...USAGE, completion_tokens_details: { reasoning_tokens: 3 } } }),
    is: blue,
  },
  {
    kind: 'an error that stopped a stream of Groq early',
    body: events(says('Blue'), { ...chunk(), x_groq: { id: 'r', error: 'over capacity, try again later' } }, DONE),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a last chunk of its own kind with the whole message, as Perplexity sends it',
    body: events({ ...says('Blue'), citations: ['https://a.example'], search_results: [] }, says('.'), {
      ...chunk({ index: 0, message: BLUE, delta: { role: 'assistant', content: '' }, finish_reason: 'stop' }),
      object: 'chat.completion.done',
      usage: { ...USAGE, cost: { total_cost: 0.1 }, search_context_size: 'low' },
    }),
    is: blue,
  },
  {
    kind: 'an error of LiteLLM with its code as digits, after text',
    body: events(says('Blue'), {
      error: { message: 'litellm.APIConnectionError: x', type: 'None', param: 'None', code: '500' },
    }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'an error of Together in a stream, with its type',
    body: events(
      { id: 'x', error: { message: 'The server is overloaded or not ready yet.', type: 'service_unavailable' } },
      DONE,
    ),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a failure of Cloudflare with status 200',
    body: JSON.stringify({
      success: false,
      result: {},
      messages: [],
      errors: [{ code: 10_000, message: 'Authentication error' }],
    }),
    is: { reason: 'authentication' },
  },
  {
    kind: 'an unauthorized request with status 200',
    body: JSON.stringify({ error: 'Unauthorized' }),
    is: { reason: 'authentication' },
  },
  {
    kind: 'a login that failed, by the outcome of MiniMax',
    body: JSON.stringify({
      base_resp: {
        status_code: 1004,
        status_msg: 'login fail: Please carry the API secret key in the Authorization field',
      },
    }),
    is: { reason: 'authentication' },
  },
  {
    kind: 'a limit of requests, by the outcome of MiniMax',
    body: JSON.stringify({ choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit exceeded(RPM)' } }),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'an outcome of MiniMax that is good',
    body: whole(BLUE, 'stop', {
      input_sensitive: false,
      output_sensitive: false,
      base_resp: { status_code: 0, status_msg: '' },
    }),
    is: blue,
  },
  ...['[done]', 'DONE', '"[DONE]"', '[DONE] '].map(
    (end): Kind => ({ kind: `an end as ${end}`, body: `${events(says('Blue.'), COUNTS)}data: ${end}\n\n`, is: blue }),
  ),
  { kind: 'lines that end with LF CR LF', body: STREAM.replaceAll('\n\n', '\n\r\n'), is: blue },
  { kind: 'a stream with empty data between its events', body: STREAM.replaceAll('\n\n', '\n\ndata:\n\n'), is: blue },
  { kind: 'keep-alive chunks alone', body: events(says(''), says('')), is: { reason: 'connection' } },
  { kind: 'nothing, with status 204', status: 204, body: '', is: { reason: 'malformed_reply' } },
  {
    kind: 'a body that is compressed twice',
    headers: { 'content-encoding': 'gzip, gzip' },
    body: gzipSync(gzipSync(whole(BLUE))),
    is: blue,
  },
  { kind: 'a body that is deflated', headers: { 'content-encoding': 'deflate' }, body: deflateSync(STREAM), is: blue },
  { kind: 'a body of Brotli', headers: { 'content-encoding': 'br' }, body: brotliCompressSync(whole(BLUE)), is: blue },
  {
    kind: 'a content that says to be compressed and is not',
    headers: { 'content-encoding': 'gzip' },
    body: whole(BLUE),
    is: { reason: 'connection' },
  },
];
