import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const HEAD = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' };
const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

const choice = (delta: unknown, finish_reason: unknown = null) => ({ index: 0, delta, finish_reason });
const chunk = (delta: unknown, finish_reason: unknown = null) => ({ ...HEAD, choices: [choice(delta, finish_reason)] });
const says = (content: unknown) => chunk({ content });
const STOP = chunk({}, 'stop');
const COUNTS = { ...HEAD, choices: [], usage: USAGE };

const whole = (message: object, rest: object = {}) =>
  JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
    usage: USAGE,
    ...rest,
  });
const BLUE = { content: 'Blue.' };
const blue = { text: 'Blue.', finishReason: 'stop', model: 'm', tokens: '10/5' } as const;
const stream = { 'content-type': 'text/event-stream' };

/** Replies in OpenAI's protocol that hold an answer. */
export const openAiAnswers: Kind[] = [
  {
    kind: 'a choice without delta after the end, of an asynchronous content filter',
    body: events(
      { ...HEAD, model: '', choices: [], prompt_filter_results: [] },
      chunk({ role: 'assistant', content: '' }),
      says('Blue'),
      says('.'),
      STOP,
      { ...HEAD, model: '', choices: [{ index: 0, finish_reason: null, content_filter_results: {} }], usage: null },
      COUNTS,
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'counts in a chunk without choices',
    body: events(says('Blue.'), STOP, { ...HEAD, usage: USAGE }, DONE),
    is: blue,
  },
  {
    kind: 'chunks without model and counts',
    body: events({ choices: [choice(BLUE)] }, { choices: [choice({}, 'stop')] }, DONE),
    is: { ...blue, model: 'asked', tokens: '~25/2' },
  },
  {
    kind: 'chunks of nulls',
    body: events({ ...HEAD, choices: null }, chunk(null), says('Blue.'), { ...STOP, model: null, usage: null }, DONE),
    is: { ...blue, tokens: '~25/2' },
  },
  {
    kind: 'content in parts, with thinking, in a stream',
    body: events(
      says([{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }]),
      says([{ type: 'text', text: 'Blue.' }]),
      STOP,
      COUNTS,
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'content in parts, with thinking, in one body',
    body: whole({
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Blue.' },
      ],
    }),
    is: blue,
  },
  {
    kind: 'thinking in the text of a stream, cut anywhere',
    body: events(says('<thi'), says('nk>\nThe user '), says('asks.\n</th'), says('ink>\n\nBlue.'), STOP, COUNTS, DONE),
    is: blue,
  },
  { kind: 'thinking in the text of one body', body: whole({ content: '<think>\nhm\n</think>\n\nBlue.' }), is: blue },
  {
    kind: 'thinking in a field of its own',
    body: events(
      chunk({ content: null, reasoning_content: 'hm' }),
      chunk({ reasoning: 'hm' }),
      says('Blue.'),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'comments, CRLF and blank lines between events',
    body: `: PROCESSING\r\n\r\n\r\n${events(says('Blue'), ': keep-alive\n\n', says('.'), STOP, COUNTS, DONE).replaceAll('\n', '\r\n')}`,
    is: blue,
  },
  {
    kind: 'an empty reason to stop in each chunk',
    body: events(chunk({ content: 'Blue' }, ''), chunk({ content: '.' }, ''), STOP, COUNTS, DONE),
    is: blue,
  },
  { kind: 'no reason to stop before [DONE]', body: events(says('Blue'), says('.'), COUNTS, DONE), is: blue },
  { kind: 'no [DONE] after the reason to stop', body: events(says('Blue.'), STOP, COUNTS), is: blue },
  { kind: 'no empty line after the last event', body: events(says('Blue.'), STOP, COUNTS).trimEnd(), is: blue },
  {
    kind: 'events of other names, and words that are no JSON',
    body: events(
      says('Blue'),
      'event: tool.progress\ndata: {"error":"no tool"}\n\n',
      'data: ping\n\n',
      says('.'),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'events without a space behind the colon, and named `message`',
    body: events(says('Blue.'), STOP, COUNTS).replaceAll('data: ', 'event:message\ndata:'),
    is: blue,
  },
  {
    kind: 'counts of the total alone',
    body: events(says('Blue.'), STOP, { ...HEAD, choices: [], usage: { total_tokens: 15 } }, DONE),
    is: { ...blue, tokens: '~13/2' },
  },
  {
    kind: 'empty counts in each chunk',
    body: events({ ...says('Blue.'), usage: {} }, { ...STOP, usage: {} }, DONE),
    is: { ...blue, tokens: '~25/2' },
  },
  {
    kind: 'counts as digits, and zero ones after them',
    body: events(
      { ...says('Blue.'), usage: { prompt_tokens: '10', completion_tokens: '5' } },
      { ...STOP, usage: { prompt_tokens: 0, completion_tokens: 0 } },
    ),
    is: blue,
  },
  {
    kind: 'counts in a field of Groq',
    body: events(says('Blue.'), { ...STOP, x_groq: { id: 'r', usage: USAGE } }, DONE),
    is: blue,
  },
  {
    kind: 'a second choice that nobody asked for',
    body: events(
      { ...HEAD, choices: [choice({ content: 'Blue' }), { index: 1, delta: { content: 'Red' }, finish_reason: null }] },
      { ...HEAD, choices: [{ index: 1, delta: { content: '!' }, finish_reason: 'length' }] },
      says('.'),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'the whole reply as `message` of a stream',
    body: events({ ...HEAD, choices: [{ index: 0, message: BLUE, finish_reason: 'stop' }], usage: USAGE }),
    is: blue,
  },
  { kind: 'one body of another content type', headers: { 'content-type': 'text/plain' }, body: whole(BLUE), is: blue },
  { kind: 'one body as an event stream by its type', headers: stream, body: whole(BLUE), is: blue },
  { kind: 'an event stream as JSON by its type', body: events(says('Blue.'), STOP, COUNTS, DONE), is: blue },
  { kind: 'blank lines before the body', body: `\n\n\n\n${whole(BLUE)}`, is: blue },
  {
    kind: 'chunks as lines of JSON',
    body: [says('Blue'), says('.'), STOP, COUNTS].map((c) => JSON.stringify(c)).join('\n'),
    is: blue,
  },
  {
    kind: 'no reason to stop in one body',
    body: whole(BLUE, { choices: [{ message: BLUE }] }),
    is: { ...blue, finishReason: 'other' },
  },
  { kind: 'no counts in one body', body: whole(BLUE, { usage: {} }), is: { ...blue, tokens: '~25/2' } },
  {
    kind: 'null counts in one body',
    body: whole({ ...BLUE, tool_calls: [] }, { usage: null }),
    is: { ...blue, tokens: '~25/2' },
  },
  {
    kind: 'nothing but the choices in one body',
    body: JSON.stringify({ choices: [{ message: BLUE, finish_reason: 'stop' }] }),
    is: { ...blue, model: 'asked', tokens: '~25/2' },
  },
  {
    kind: 'counts of a cache in the names of DeepSeek',
    body: whole(BLUE, { usage: { ...USAGE, prompt_cache_hit_tokens: 4 } }),
    is: blue,
  },
  {
    kind: 'a stream of llama.cpp, with its timings',
    body: events(
      chunk({ role: 'assistant', content: null }),
      says('Blue'),
      says('.'),
      STOP,
      {
        ...COUNTS,
        usage: { ...USAGE, prompt_tokens_details: { cached_tokens: 3 } },
        timings: { cache_n: 3, prompt_n: 7 },
      },
      DONE,
    ),
    is: blue,
  },
];
