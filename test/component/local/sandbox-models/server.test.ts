import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(async () => {
  await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
  await fetch(`${sandbox.url}/sandbox/requests`, { method: 'DELETE' });
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const question = { model: 'sandbox', max_tokens: 100, messages: [{ role: 'user', content: 'When?' }] };
const protocols = [
  {
    name: 'OpenAI',
    path: '/openai/v1/chat/completions',
    key: { authorization: 'Bearer k' },
    body: question,
    error: { error: { message: expect.any(String), type: expect.any(String), param: null, code: null } },
  },
  {
    name: 'Anthropic',
    path: '/anthropic/v1/messages',
    key: { 'x-api-key': 'k' },
    body: question,
    error: {
      type: 'error',
      error: { type: expect.any(String), message: expect.any(String) },
      request_id: expect.any(String),
    },
  },
  {
    name: 'Gemini',
    path: '/gemini/v1beta/models/sandbox:generateContent',
    key: { 'x-goog-api-key': 'k' },
    body: { contents: [{ role: 'user', parts: [{ text: 'When?' }] }] },
    error: { error: { code: expect.any(Number), message: expect.any(String), status: expect.any(String) } },
  },
];

describe.each(protocols)('$name', ({ path, key, body, error }) => {
  test('a request with a key is answered', async () => {
    expect((await post(path, body, key)).status).toBe(200);
  });

  test('without a key: 401 in the form of its protocol', async () => {
    expect(await post(path, body)).toEqual({ status: 401, body: error });
  });

  test('with a body of another shape: 400 in the form of its protocol', async () => {
    expect(await post(path, { messages: 'hello' }, key)).toEqual({ status: 400, body: error });
  });
});

test('a path that nobody speaks is 404', async () => {
  expect((await fetch(`${sandbox.url}/openai/v1/completions`, { method: 'POST' })).status).toBe(404);
});

test('/healthz is 200', async () => {
  expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200);
});

describe('faults', () => {
  const ask = async () => (await post(openai.path, openai.body, openai.key)).status;
  const openai = protocols[0] as (typeof protocols)[number];

  test('come as often as asked, in order, and only for their provider', async () => {
    await post('/sandbox/faults', { provider: 'claude', status: 500 });
    await post('/sandbox/faults', { provider: 'openai', status: 503, times: 2 });
    await post('/sandbox/faults', { provider: 'openai', status: 429 });
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([503, 503, 429, 200]);
  });

  test('with times -1 stay until they are cleared', async () => {
    await post('/sandbox/faults', { provider: 'openai', status: 503, times: -1 });
    expect([await ask(), await ask(), await ask()]).toEqual([503, 503, 503]);
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    expect(await ask()).toBe(200);
  });

  test('that the sandbox does not know are refused', async () => {
    expect((await post('/sandbox/faults', { provider: 'openai', explode: true })).status).toBe(400);
  });
});

test('what reached the models can be read', async () => {
  for (const { path, body, key } of protocols) await post(path, body, key);
  const turns = [{ role: 'user', text: 'When?' }];
  expect(await (await fetch(`${sandbox.url}/sandbox/requests`)).json()).toEqual({
    counts: { openai: 1, claude: 1, gemini: 1 },
    abandoned: { openai: 0, claude: 0, gemini: 0 },
    requests: ['openai', 'claude', 'gemini'].map((provider) => ({ provider, system: '', turns })),
  });
});

test.each(['dense', 'sparse'])('the %s index of Pinecone is there', async (kind) => {
  const { status, body } = await post(`/pinecone/${kind}/describe_index_stats`, {}, { 'api-key': 'k' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ vectorType: kind, totalVectorCount: 0 });
});
