import { z } from 'zod';
import { connectMongo, createStores } from '../../../../src/adapters/mongo/index.ts';
import { systemClock } from '../../../../src/runtime/clock-and-ids.ts';
import { anAskableRecording, anEndUser } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { request } from '../../../support/client.ts';
import { onlyJson, runAsk } from '../../../support/run-ask.ts';
import { type Service, startService } from '../../../support/service.ts';

/** OpenAI and Claude alone are configured, with a small window. */
let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService({
    settings: (sandbox) => ({
      OPENAI_BASE_URL: `${sandbox}/openai/v1`,
      OPENAI_MODEL: 'local-model',
      OPENAI_CONTEXT_TOKENS: '8000',
      ANTHROPIC_BASE_URL: `${sandbox}/anthropic`,
      ANTHROPIC_MODEL: 'claude-test',
      DEFAULT_PROVIDER: 'openai',
    }),
  });
  client = await service.client();
}, 120_000);
afterAll(() => service?.stop());

const OPENAI = { provider: 'openai', model: 'local-model', default: true, sandbox: false, context_tokens: 8_000 };
const CLAUDE = { provider: 'claude', model: 'claude-test', default: false, sandbox: false, context_tokens: 200_000 };

describe('GET /v1/providers', () => {
  test('200: who can be asked, the default first', async () => {
    const { status, body } = await client.get('/v1/providers');
    expect([status, body.data]).toEqual([200, [OPENAI, CLAUDE]]);
  });

  test('200: by what passages are found, and whether hashed words stand in for a model', async () => {
    const { model } = await localIndex();
    const { search } = (await client.get('/v1/providers')).body;
    expect(search).toEqual({ index: 'local', model, hashed_words: model === 'hashed-words' });
  });

  test('200: the default is that of the project of the key', async () => {
    const other = await service.client();
    await inStores((stores) => stores.projects.update(other.projectId, { defaultProvider: 'claude' }));
    const { body } = await other.get('/v1/providers');
    expect(body.data).toEqual([
      { ...OPENAI, default: false },
      { ...CLAUDE, default: true },
    ]);
  });

  test('403: a key without the scope', async () => {
    const writer = await service.client({ scopes: ['ask:write'] });
    expect((await writer.get('/v1/providers')).status).toBe(403);
  });
});

test('/readyz says who answers and by what is searched, without models and windows', async () => {
  const { body } = await request(service.url, 'GET', '/readyz', {});
  expect(body.answers).toEqual({ default: 'openai', providers: ['openai', 'claude'], sandbox: false });
  expect(body.search).toEqual({ index: 'local', hashed_words: (await localIndex()).model === 'hashed-words' });
});

test('400: a provider that is not configured, before anything is stored', async () => {
  const { id } = await anEndUser(client);
  const asked = {
    scope: { type: 'library' },
    end_user_id: id,
    initial_message: { content: 'Why?', provider: 'gemini' },
  };
  const { status, body } = await client.post('/v1/ask/sessions', asked);
  expect(status).toBe(400);
  expect(body.error.details).toMatchObject({ field: 'provider', reason: expect.stringContaining('openai, claude') });
  expect((await client.get(`/v1/ask/sessions?end_user_id=${id}`)).body.data).toEqual([]);
});

test('413: the limit follows the window of the model that would answer', async () => {
  const segments = Array.from({ length: 150 }, (_, i) => ({
    start: i,
    end: i + 1,
    speaker: 'Ana',
    text: `The launch of part ${i} moved to May twelve.`,
  }));
  const { recording } = await anAskableRecording(client, segments);
  const ask = (message: object) =>
    client.post('/v1/ask/sessions', {
      scope: { type: 'recording', recording_id: recording.id },
      initial_message: { content: 'When is the launch?', ...message },
    });
  const refused = await ask({});
  expect(refused.status).toBe(413);
  expect(refused.body.error.details).toMatchObject({ limit: 1_272 });
  expect((await ask({ provider: 'claude' })).status).toBe(200);
});

describe('ask projects set --default-provider', () => {
  const set = (name: string, provider: string) =>
    runAsk(['projects', 'set', name, '--default-provider', provider, '--json'], {
      MONGODB_URI: service.settings.MONGODB_URI ?? '',
    });

  test('refuses one that is not configured, and names those that are', async () => {
    await inStores((stores) => stores.projects.create('acme'));
    const run = await set('acme', 'gemini');
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/gemini is not configured here; take one of openai, claude, or system/);
  });

  test('takes one that is, and resets it, and the project can be asked after each', async () => {
    const { projectId } = await inStores(async (stores) => {
      const project = await stores.projects.create('reset');
      return { projectId: project.id };
    });
    const asker = await service.client({ projectId });
    for (const [word, stored] of [
      ['claude', 'claude'],
      ['system', null],
    ] as const) {
      expect(onlyJson(await set('reset', word))).toMatchObject({ default_provider: stored });
      expect((await asker.get('/v1/providers')).status).toBe(200);
      expect(await inStores((stores) => stores.projects.find(projectId))).toMatchObject({ defaultProvider: stored });
    }
  });

  test('a project that an earlier release spoilt is read', async () => {
    const project = await inStores(async (stores, connection) => {
      const { id } = await stores.projects.create('spoilt');
      await connection.collection('projects').updateOne({ name: 'spoilt' }, { $set: { defaultProvider: '' } });
      return id;
    });
    expect(await inStores((stores) => stores.projects.find(project))).toMatchObject({ defaultProvider: null });
  });
});

/** What the local index says of its model. */
async function localIndex(): Promise<{ model: string }> {
  const response = await fetch(`${service.sandboxUrl}/model`, { headers: { 'api-key': 'any' } });
  return z.object({ model: z.string() }).parse(await response.json());
}

type Stores = ReturnType<typeof createStores>;
type Connection = Awaited<ReturnType<typeof connectMongo>>;

/** Straight in the database of the service. */
async function inStores<T>(work: (stores: Stores, connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'test' });
  try {
    return await work(createStores(connection, { clock: systemClock }), connection);
  } finally {
    await connection.close();
  }
}
