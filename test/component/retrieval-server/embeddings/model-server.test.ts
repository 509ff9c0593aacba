import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { RefusedText } from '../../../../src/retrieval-server/embeddings/embedder.ts';
import { modelServer } from '../../../../src/retrieval-server/embeddings/model-server.ts';

interface Reply {
  status?: number;
  body: unknown;
}

const requestSchema = z.strictObject({ model: z.string(), input: z.array(z.string()) });
let server: Server;
let reply: (input: string[]) => Reply;
let asked: { request: z.infer<typeof requestSchema>; headers: IncomingMessage['headers']; url: string | undefined }[];

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const request = requestSchema.parse(await json(incoming));
    asked.push({ request, headers: incoming.headers, url: incoming.url });
    const { status = 200, body } = reply(request.input);
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  asked = [];
  reply = (input) => ({ body: { data: input.map((text, index) => ({ index, embedding: vectorOf(text) })) } });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Another direction for each number of letters. */
const vectorOf = (text: string) => [text.length, 1, 0];
const unit = (text: string) => {
  const length = Math.hypot(...vectorOf(text));
  return vectorOf(text).map((value) => expect.closeTo(value / length, 5));
};
const embedder = () =>
  modelServer({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
    model: 'some-model',
    apiKey: 'secret',
  });
const embed = async (...texts: string[]) =>
  (await embedder().embed(texts, 'passage')).map((vector) => Array.from(vector));

test('it asks as the protocol says, and stretches the vectors to length 1', async () => {
  expect(await embed('a', 'bcd')).toEqual([unit('a'), unit('bcd')]);
  expect(asked).toMatchObject([
    {
      url: '/v1/embeddings',
      request: { model: 'some-model', input: ['a', 'bcd'] },
      headers: { authorization: 'Bearer secret' },
    },
  ]);
});

test('many texts are asked for in several requests', async () => {
  const texts = Array.from({ length: 20 }, (_, i) => 'x'.repeat(i + 1));
  expect(await embed(...texts)).toEqual(texts.map(unit));
  expect(asked.map(({ request }) => request.input.length)).toEqual([16, 4]);
});

test('the index of a vector counts, not its place', async () => {
  const inOrder = reply;
  reply = (input) => {
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(inOrder(input).body);
    return { body: { data: data.toReversed() } };
  };
  expect(await embed('a', 'bcd')).toEqual([unit('a'), unit('bcd')]);
});

test.each([401, 403, 404, 429, 500, 503])('%i may pass, so it is no refusal of the text', async (status) => {
  reply = () => ({ status, body: {} });
  const error: unknown = await embed('a').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ message: `The embeddings server answers ${status}.` });
  expect(error).not.toBeInstanceOf(RefusedText);
});

test.each([400, 413, 422])('%i refuses the text for good', async (status) => {
  reply = () => ({ status, body: {} });
  await expect(embed('a')).rejects.toBeInstanceOf(RefusedText);
});

test.each([
  ['too few vectors', { data: [] }, '0 vectors for 1 texts'],
  [
    'one index twice',
    {
      data: [
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ],
    },
    '2 vectors for 1 texts',
  ],
  ['an index of no text', { data: [{ index: 7, embedding: [1] }] }, '1 vectors for 1 texts'],
  ['no numbers', { data: [{ index: 0, embedding: ['x'] }] }, '0 vectors for 1 texts'],
  ['a vector of zeros', { data: [{ index: 0, embedding: [0, 0] }] }, 'without a direction'],
  ['something else', 'hello', '0 vectors for 1 texts'],
])('%s is an error that says so', async (_, body, message) => {
  reply = () => ({ body });
  await expect(embed('a')).rejects.toThrow(message);
});

test('a server that changes the number of its numbers is not believed', async () => {
  const one = embedder();
  await one.embed(['a'], 'passage');
  reply = () => ({ body: { data: [{ index: 0, embedding: [1, 2] }] } });
  await expect(one.embed(['a'], 'passage')).rejects.toThrow('gives 2 numbers for a text, and gave 3 before');
});

test('a server that is away is an error that says so', async () => {
  const away = modelServer({ baseUrl: 'http://127.0.0.1:1/v1', model: 'some-model' });
  await expect(away.embed(['a'], 'question')).rejects.toThrow('does not answer');
});
