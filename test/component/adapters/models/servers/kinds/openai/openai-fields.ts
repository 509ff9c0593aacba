import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const choice = (delta: unknown, finish_reason: unknown = null) => ({ index: 0, delta, finish_reason });
const chunk = (delta: unknown, finish_reason: unknown = null) => ({
  model: 'm',
  choices: [choice(delta, finish_reason)],
});
const says = (content: unknown) => chunk({ content });
const STOP = chunk({}, 'stop');
const COUNTS = { model: 'm', choices: [], usage: USAGE };
const answer = (message: unknown, finish_reason: unknown = 'stop', rest: object = {}) =>
  JSON.stringify({ model: 'm', choices: [{ index: 0, message, finish_reason, ...rest }], usage: USAGE });
const BLUE = { role: 'assistant', content: 'Blue.' };
const blue = { text: 'Blue.', finishReason: 'stop', model: 'm', tokens: '10/5' } as const;
const ends = (finish_reason: unknown, finishReason: 'stop' | 'length' | 'content_filter' | 'other'): Kind => ({
  kind: `the reason to stop ${JSON.stringify(finish_reason)}`,
  body: answer(BLUE, finish_reason),
  is: { ...blue, finishReason },
});

/** Fields of OpenAI's protocol as its servers fill, add, repeat and forget them. */
export const openAiFields: Kind[] = [
  ends('eos', 'stop'),
  ends('stop_sequence', 'stop'),
  ends('COMPLETE', 'stop'),
  ends('end_turn', 'stop'),
  ends('max_length', 'length'),
  ends('MAX_TOKENS', 'length'),
  ends('content-filter', 'content_filter'),
  ends('ERROR_TOXIC', 'content_filter'),
  ends('unknown', 'other'),
  ends('tool_calls', 'other'),
  ends(null, 'other'),
  ends({ type: 'stop' }, 'stop'),
  ends({ reason: 'stop' }, 'other'),
  {
    kind: 'a reason to stop in each chunk',
    body: events(chunk({ content: 'Blue' }, 'stop'), chunk({ content: '.' }, 'stop'), COUNTS, DONE),
    is: blue,
  },
  {
    kind: 'an empty choice after the reason to stop',
    body: events(says('Blue.'), STOP, chunk({ content: '' }), chunk(null), COUNTS, DONE),
    is: blue,
  },
  {
    kind: 'results of the prompt filter of Azure first, and an error of its filter in a choice',
    body: events(
      { id: '', object: '', model: '', created: 0, choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
      {
        choices: [
          { ...choice({ content: 'Blue.' }), content_filter_results: { error: { code: 'content_filter_error' } } },
        ],
      },
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'fields of an error that are empty in each chunk',
    body: events(
      { ...says('Blue'), error: null },
      { ...says('.'), error: {}, errors: [] },
      { ...STOP, error: { code: null, message: '' } },
      { ...COUNTS, error: false },
    ),
    is: blue,
  },
  {
    kind: 'calls of tools beside the text',
    body: events(
      chunk({
        role: 'assistant',
        content: 'Blue.',
        tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }],
      }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '}' } }] }, 'tool_calls'),
      COUNTS,
      DONE,
    ),
    is: { ...blue, finishReason: 'other' },
  },
  {
    kind: 'thinking in details and blocks of their own',
    body: events(
      chunk({ content: '', reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }),
      chunk({ content: '', thinking_blocks: [{ type: 'thinking', thinking: 'hm' }], thinking: 'hm' }),
      says('Blue.'),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'thinking and text in one chunk',
    body: events(chunk({ reasoning_content: 'hm', content: 'Blue' }), says('.'), STOP, COUNTS),
    is: blue,
  },
  {
    kind: 'text that is an object of one part',
    body: events(says({ type: 'text', text: 'Blue.' }), STOP, COUNTS),
    is: blue,
  },
  {
    kind: 'parts whose text is an object with notes',
    body: answer({ content: [{ type: 'text', text: { value: 'Blue.', annotations: [] } }] }),
    is: blue,
  },
  {
    kind: 'parts of other types between parts of text',
    body: events(
      says([
        { type: 'text', text: 'Blue' },
        { type: 'reference', reference_ids: [1] },
      ]),
      says(['.', null, { type: 'image_url', image_url: 'x' }]),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'the whole answer as a message behind its pieces',
    body: events(
      says('Blue'),
      says('.'),
      { model: 'm', choices: [{ index: 0, message: BLUE, finish_reason: 'stop' }] },
      COUNTS,
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'messages that grow',
    body: events(
      ...['Bl', 'Blue', 'Blue.'].map((content) => ({ model: 'm', choices: [{ index: 0, message: { content } }] })),
      STOP,
      COUNTS,
    ),
    is: blue,
  },
  {
    kind: 'pieces with the message so far beside them, as Perplexity sends them',
    body: events(
      { ...chunk({ content: 'Blue' }), choices: [{ ...choice({ content: 'Blue' }), message: { content: 'Blue' } }] },
      { model: 'm', choices: [{ ...choice({ content: '.' }, 'stop'), message: { content: 'Blue.' } }], usage: USAGE },
      DONE,
    ),
    is: blue,
  },
  {
    kind: 'an empty delta in one body',
    body: answer(BLUE, 'stop', { delta: {} }),
    is: blue,
  },
  {
    kind: 'counts in decimals, strings and details of nulls',
    body: events(says('Blue.'), STOP, {
      ...COUNTS,
      usage: { prompt_tokens: 10.0, completion_tokens: '5', prompt_tokens_details: null, cost: '0' },
    }),
    is: blue,
  },
  {
    kind: 'counts that grow with each chunk',
    body: events(
      { ...says('Blue'), usage: { prompt_tokens: 10, completion_tokens: 2 } },
      { ...says('.'), usage: { prompt_tokens: 10, completion_tokens: 4 } },
      { ...STOP, usage: USAGE },
    ),
    is: blue,
  },
  {
    kind: 'counts below zero',
    body: events(says('Blue.'), { ...STOP, usage: { prompt_tokens: -1, completion_tokens: -1 } }),
    is: { ...blue, tokens: '~25/2' },
  },
  {
    kind: 'counts in the chunk with the reason to stop, and null ones behind',
    body: events(says('Blue.'), { ...STOP, usage: USAGE }, { model: 'm', choices: [], usage: null }, DONE),
    is: blue,
  },
  {
    kind: 'no text but a filter in the middle',
    body: events(chunk({ role: 'assistant', content: '' }), chunk({}, 'content_filter'), DONE),
    is: { reason: 'refused' },
  },
  {
    kind: 'some text before the filter',
    body: events(says('Blue'), chunk({}, 'content_filter'), COUNTS),
    is: { ...blue, text: 'Blue', finishReason: 'content_filter' },
  },
  {
    kind: 'a refusal in pieces',
    body: events(
      chunk({ role: 'assistant', content: null, refusal: '' }),
      chunk({ refusal: 'I can' }),
      chunk({ refusal: 'not.' }),
      STOP,
    ),
    is: { reason: 'refused' },
  },
  {
    kind: 'a refusal as a part',
    body: answer({ content: [{ type: 'refusal', refusal: 'I cannot.' }] }),
    is: { reason: 'refused' },
  },
  {
    kind: 'calls of tools without text',
    body: answer({ content: null, tool_calls: [{ function: { name: 'f', arguments: '{}' } }] }, 'tool_calls'),
    is: { reason: 'empty_reply' },
  },
  {
    kind: 'only thinking, to its end',
    body: answer({ content: null, reasoning_content: 'hm' }),
    is: { reason: 'empty_reply' },
  },
  {
    kind: 'thinking that does not end before the limit, in parts',
    body: events(says([{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }]), chunk({}, 'length'), COUNTS),
    is: { reason: 'output_limit' },
  },
  { kind: 'blanks up to the limit', body: answer({ content: '\n\n' }, 'length'), is: { reason: 'output_limit' } },
  {
    kind: 'an error inside the choice of a stream, by name',
    body: events(says('Blue'), {
      id: 'x',
      error: { code: 'server_error', message: 'Provider disconnected' },
      choices: [choice({ content: '' }, 'error')],
    }),
    is: { reason: 'server_error' },
  },
  {
    kind: 'a stop for want of resources',
    body: events(says('Blue'), chunk({}, 'insufficient_system_resource'), DONE),
    is: { reason: 'server_error' },
  },
  {
    kind: 'a stop that was ordered by the server',
    body: events(says('Blue'), chunk({}, 'aborted'), DONE),
    is: { reason: 'server_error' },
  },
  ...(
    [
      ['<think>hm</th', 'ink>Blue.'],
      ['<thi', 'nk>hm</think>\n\nBlue.'],
      ['<thought>hm</tho', 'ught>Blue.'],
      ['[THI', 'NK]hm[/THINK]Blue.'],
      ['<think>a</think>Bl', 'ue<think>b</think>.'],
    ] as const
  ).map(
    ([first, second]): Kind => ({
      kind: `thinking, as ${first} ${second}`,
      body: events(says(first), says(second), STOP, COUNTS),
      is: blue,
    }),
  ),
];
