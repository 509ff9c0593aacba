import { z } from 'zod';
import { piecesOf } from '../../../../src/local/sandbox-models/send-stream.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { eventually } from '../../../support/eventually.ts';
import { orderFault } from '../../../support/sandbox.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const request = { model: 'sandbox', max_tokens: 100, stream: true, messages: [{ role: 'user', content: 'When?' }] };

function post(path: string, body: object, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer k', 'x-goog-api-key': 'k' };
  return fetch(sandbox.url + path, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null });
}

const abandonment = z.object({ abandoned: z.object({ claude: z.number() }) });

const dataOf = (text: string): string[] => [...text.matchAll(/^data: (.*)$/gm)].map((match) => match[1] as string);

test('OpenAI: chunks, the tokens only where they were asked for, and [DONE]', async () => {
  const plain = dataOf(await (await post('/openai/v1/chat/completions', request)).text());
  expect(plain.at(-1)).toBe('[DONE]');
  expect(plain.join()).not.toContain('usage');
  const counted = { ...request, stream_options: { include_usage: true } };
  const text = await (await post('/openai/v1/chat/completions', counted)).text();
  expect(JSON.parse(dataOf(text).at(-2) ?? '')).toMatchObject({
    choices: [],
    usage: { total_tokens: expect.any(Number) },
  });
});

test('Anthropic: each event by its name, in the order of the protocol', async () => {
  const response = await post('/anthropic/v1/messages', request);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await response.text();
  const names = [...text.matchAll(/^event: (.*)$/gm)].map((match) => match[1]);
  expect(names.filter((name, i) => name !== names[i - 1])).toEqual([
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(dataOf(text).map((data) => JSON.parse(data).type)).toEqual(names);
});

test('Gemini: chunks, of which the last has the reason to stop', async () => {
  const contents = [{ role: 'user', parts: [{ text: 'When?' }] }];
  const response = await post('/gemini/v1beta/models/sandbox:streamGenerateContent?alt=sse', { contents });
  const chunks = dataOf(await response.text()).map((data) => JSON.parse(data));
  const reasons = chunks.map(({ candidates }) => candidates[0].finishReason);
  expect(reasons.length).toBeGreaterThan(2);
  expect(reasons.at(-1)).toBe('STOP');
  expect(reasons.slice(0, -1).every((reason) => reason === undefined)).toBe(true);
});

test('a client that leaves a slow stream is counted', async () => {
  await orderFault(sandbox.url, { provider: 'claude', chunk_delay_ms: 60_000 });
  const leave = new AbortController();
  const { body } = await post('/anthropic/v1/messages', request, leave.signal);
  await body?.getReader().read();
  leave.abort();
  await eventually(async () => {
    const received = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
    return abandonment.parse(received).abandoned.claude === 1;
  });
});

test.each(['', ' ', 'One.', '  She said: “May 12, 9:30 — äh, ok?” [^k7x2m]\n\n[^ab12c].  \n'])(
  'the pieces of %j are the whole of it',
  (text) => {
    expect(piecesOf(text).join('')).toBe(text);
  },
);

test('a citation marker comes in pieces, as models put it out', () => {
  expect(piecesOf('May 12 [^k7x2m].')).toEqual(['May', ' 12', ' [^', 'k7x2m', '].']);
});
