import { gzipSync } from 'node:zlib';
import { DONE, events } from '../../reply-server.ts';
import type { Kind } from '../kind.ts';

const HEAD = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' };
const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const chunk = (delta: object, finish_reason: string | null = null) => ({
  ...HEAD,
  choices: [{ index: 0, delta, finish_reason }],
});
const says = (content: string) => chunk({ content });
const STOP = chunk({}, 'stop');
const COUNTS = { ...HEAD, choices: [], usage: USAGE };
const STREAM = events(says('Blue'), says('.'), STOP, COUNTS, DONE);
const WHOLE = { model: 'm', choices: [{ message: { content: 'Blue.' }, finish_reason: 'stop' }], usage: USAGE };
const blue = { text: 'Blue.', finishReason: 'stop', model: 'm', tokens: '10/5' } as const;
const json = (value: unknown) => JSON.stringify(value);
const lines = (...chunks: unknown[]) => chunks.map(json).join('\n');

/** An answer, however its bytes and lines are cut and framed. */
export const openAiFraming: Kind[] = [
  { kind: 'lines that end with CR alone', body: STREAM.replaceAll('\n', '\r'), is: blue },
  { kind: 'CRLF, cut between its two bytes', body: STREAM.replaceAll('\n', '\r\n'), pieceLength: 1, is: blue },
  { kind: 'a byte order mark before a stream', body: `\uFEFF${STREAM}`, pieceLength: 1, is: blue },
  { kind: 'a byte order mark before a body', body: `\uFEFF${json(WHOLE)}`, is: blue },
  {
    kind: 'one event in several lines of data',
    body: STREAM.replaceAll('"choices":', '"choices":\ndata: '),
    is: blue,
  },
  {
    kind: 'characters of several bytes, cut anywhere',
    body: events(says('Bläu'), says('lich 青 '), says('🟦.'), STOP, COUNTS, DONE),
    pieceLength: 1,
    is: { ...blue, text: 'Bläulich 青 🟦.' },
  },
  {
    kind: 'a character whose two halves come in two chunks',
    body: events(
      says('Blue '),
      'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n',
      says('\udfe6.'),
      STOP,
      COUNTS,
    ),
    is: { ...blue, text: 'Blue 🟦.' },
  },
  {
    kind: 'half a character at the end',
    body: events(says('Blue.'), 'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n', STOP, COUNTS),
    is: blue,
  },
  { kind: 'no line end behind [DONE]', body: STREAM.trimEnd(), is: blue },
  { kind: 'events with one line end between them', body: STREAM.replaceAll('\n\n', '\n'), is: blue },
  {
    kind: 'events with ids and a time to reconnect',
    body: `retry: 3000\n\n${STREAM.replaceAll('data:', 'id: 7\ndata:')}`,
    is: blue,
  },
  { kind: '`data:` twice', body: STREAM.replaceAll('data: ', 'data: data: '), is: blue },
  { kind: 'lines that begin with a blank', body: STREAM.replaceAll('data:', ' data:'), is: blue },
  {
    kind: 'several chunks in an array of one event',
    body: `data: ${json([says('Blue'), says('.'), STOP, COUNTS])}\n\n${DONE}`,
    is: blue,
  },
  {
    kind: 'a comment before the stream, and others in it',
    body: `: PROCESSING\n\n: PROCESSING\n\n${STREAM}`,
    pieceLength: 5,
    is: blue,
  },
  { kind: 'comments before a body', body: `: PROCESSING\n\n: PROCESSING\n\n${json(WHOLE)}`, is: blue },
  {
    kind: 'comments before a body of many lines',
    body: `: PROCESSING\n\n${JSON.stringify(WHOLE, null, 2)}`,
    pieceLength: 3,
    is: blue,
  },
  { kind: 'blank lines before a body of many lines', body: `\n\n \n${JSON.stringify(WHOLE, null, 2)}\n\n`, is: blue },
  {
    kind: 'chunks as lines of JSON, with blank lines',
    body: `\n${lines(says('Blue'), says('.'), STOP, COUNTS).replaceAll('\n', '\r\n\r\n')}\n`,
    is: blue,
  },
  {
    kind: 'events of words, null and numbers',
    body: events('data: null\n\n', 'data: 1\n\n', 'data: {}\n\n', 'data\n\n', says('Blue.'), STOP, COUNTS),
    is: blue,
  },
  { kind: '[DONE] twice, and more behind it', body: `${STREAM}${DONE}data: {"error":"late"}\n\n`, is: blue },
  { kind: 'a connection that breaks behind [DONE]', body: STREAM, breaks: true, is: blue },
  {
    kind: 'a connection that breaks behind the reason to stop',
    body: events(says('Blue.'), STOP, COUNTS),
    breaks: true,
    is: blue,
  },
  { kind: 'a stream that is compressed', headers: { 'content-encoding': 'gzip' }, body: gzipSync(STREAM), is: blue },
  { kind: 'a body that is compressed', headers: { 'content-encoding': 'gzip' }, body: gzipSync(json(WHOLE)), is: blue },
  {
    kind: 'chunks of a native stream of Ollama',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${lines(
      { model: 'm', created_at: 'x', message: { role: 'assistant', content: 'Blue' }, done: false },
      { model: 'm', created_at: 'x', message: { role: 'assistant', content: '.', thinking: 'hm' }, done: false },
      { model: 'm', message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 10, eval_count: 5 },
    )}\n`,
    is: blue,
  },
  {
    kind: 'a native body of Ollama',
    body: json({
      model: 'm',
      message: { role: 'assistant', content: 'Blue.' },
      done: true,
      done_reason: 'length',
      prompt_eval_count: 10,
      eval_count: 5,
    }),
    is: { ...blue, finishReason: 'length' },
  },

  {
    kind: 'a connection that breaks in the middle',
    body: events(says('Blue')),
    breaks: true,
    is: { reason: 'connection' },
  },
  {
    kind: 'a connection that breaks in a body',
    body: json(WHOLE).slice(0, -9),
    breaks: true,
    is: { reason: 'connection' },
  },
  {
    kind: 'a compressed body that breaks off',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(json(WHOLE)).subarray(0, 60),
    is: { reason: 'malformed_reply' },
  },
  { kind: 'comments alone', body: ': PROCESSING\n\n: PROCESSING\n\n', is: { reason: 'malformed_reply' } },
  { kind: '[DONE] alone', body: DONE, is: { reason: 'empty_reply' } },
  {
    kind: 'a page in the middle of a stream',
    body: events(says('Blue'), '<html><h1>502 Bad Gateway</h1></html>\n'),
    is: { reason: 'connection' },
  },
  {
    kind: 'an error line in a native stream of Ollama',
    body: lines(
      { model: 'm', message: { content: 'Blue' }, done: false },
      { error: 'an error was encountered while running the model: unexpected EOF' },
    ),
    is: { reason: 'server_error' },
  },
];
