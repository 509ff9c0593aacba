import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ModelsConfig, modelSettings } from '../../../../../src/adapters/models/registry.ts';
import { askServerWindow } from '../../../../../src/adapters/models/server-window.ts';
import type { Provider } from '../../../../../src/domain/shared/provider.ts';
import { KEY } from '../support.ts';

interface Place {
  answer: unknown;
  status?: number;
}

/** What a server with these places tells, and what it was asked. */
async function windowOf(
  places: Record<string, Place>,
  settings: (url: string) => Partial<ModelsConfig>,
  provider: Provider = 'openai',
) {
  const asked: { url: string; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const url = request.url ?? '';
    asked.push({ url, headers: request.headers, body });
    const { answer, status = 200 } = places[url] ?? { answer: '<html>Not Found</html>', status: 404 };
    response.statusCode = status;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const config = { LLM_TIMEOUT_MS: 10_000, ...settings(url) };
    return { tokens: await askServerWindow(provider, modelSettings(provider, config)), asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const openAi = (url: string) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: KEY, OPENAI_MODEL: 'm' });

describe('the context window that a server tells', () => {
  test.each<[string, Record<string, Place>, number | null]>([
    [
      'llama.cpp: of a slot, and not what the model was trained with',
      {
        '/props': { answer: { default_generation_settings: { n_ctx: 8192, params: {} }, total_slots: 4 } },
        '/v1/models': { answer: { object: 'list', data: [{ id: 'gguf', meta: { n_ctx_train: 131072 } }] } },
      },
      8_192,
    ],
    [
      'Ollama: of the model as it runs, and not what it could have',
      {
        '/api/ps': { answer: { models: [{ name: 'x:latest' }, { name: 'm:latest', context_length: 4096 }] } },
        '/api/show': { answer: { parameters: 'num_ctx 9999', model_info: { 'llama.context_length': 131072 } } },
        '/v1/models': { answer: { data: [{ id: 'm:latest', object: 'model' }] } },
      },
      4_096,
    ],
    [
      'an older Ollama: as the file of the model sets it',
      {
        '/api/ps': { answer: { models: [{ name: 'm:latest' }] } },
        '/api/show': { answer: { parameters: 'stop "<|x|>"\nnum_ctx                        8192' } },
      },
      8_192,
    ],
    [
      'vLLM',
      {
        '/v1/models': {
          answer: {
            data: [
              { id: 'other', max_model_len: 1 },
              { id: 'm', max_model_len: 32768 },
            ],
          },
        },
      },
      32_768,
    ],
    [
      'a server of one model under another name',
      { '/v1/models': { answer: { data: [{ id: 'x', max_model_len: 7000 }] } } },
      7_000,
    ],
    [
      'LM Studio: as the model is loaded',
      {
        '/api/v0/models': { answer: { data: [{ id: 'm', max_context_length: 131072, loaded_context_length: 4096 }] } },
      },
      4_096,
    ],
    ['OpenRouter', { '/v1/models': { answer: { data: [{ id: 'x' }, { id: 'm', context_length: 200000 }] } } }, 200_000],
    ['a server without it', { '/v1/models': { answer: { data: [{ id: 'm', object: 'model' }] } } }, null],
    ['nothing but pages', { '/props': { answer: '<html>' }, '/v1/models': { answer: 'hello' } }, null],
    ['nonsense', { '/v1/models': { answer: { data: [{ id: 'm', context_length: 'large' }] } } }, null],
  ])('%s', async (_, places, expected) => {
    const { tokens } = await windowOf(places, openAi);
    expect(tokens).toBe(expected);
  });

  test('comes from Gemini and Anthropic by the name of the model', async () => {
    const gemini = await windowOf(
      { '/v1beta/models/g': { answer: { name: 'models/g', inputTokenLimit: 1048576 } } },
      (url) => ({ GEMINI_BASE_URL: url, GEMINI_API_KEY: KEY, GEMINI_MODEL: 'g' }),
      'gemini',
    );
    expect(gemini.tokens).toBe(1_048_576);
    expect(gemini.asked[0]?.headers['x-goog-api-key']).toBe(KEY);
    const claude = await windowOf(
      { '/v1/models/c': { answer: { id: 'c', max_input_tokens: 200000 } } },
      (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: KEY, ANTHROPIC_MODEL: 'c' }),
      'claude',
    );
    expect(claude.tokens).toBe(200_000);
    expect(claude.asked[0]?.headers['x-api-key']).toBe(KEY);
  });

  test('comes from llama.cpp over Anthropic’s protocol too', async () => {
    const { tokens } = await windowOf(
      { '/props': { answer: { default_generation_settings: { n_ctx: 8192 } } } },
      (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_MODEL: 'local' }),
      'claude',
    );
    expect(tokens).toBe(8_192);
  });
});

test('a server is asked with the key and the headers of the settings, and for no answer', async () => {
  const { asked } = await windowOf({}, (url) => ({ ...openAi(url), OPENAI_HEADERS: { 'x-team': 'blue' } }));
  expect(asked.map(({ url }) => url).sort()).toEqual([
    '/api/ps',
    '/api/show',
    '/api/v0/models',
    '/props',
    '/v1/models',
  ]);
  for (const { headers } of asked) expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-team': 'blue' });
});

test('a key of Azure goes where Azure takes it', async () => {
  const azure = (url: string) => ({ ...openAi(url), OPENAI_BASE_URL: `${url}/openai/v1?api-version=1` });
  const { asked } = await windowOf({}, azure);
  for (const { headers } of asked) {
    expect(headers).toMatchObject({ 'api-key': KEY });
    expect(headers.authorization).toBeUndefined();
  }
});
