import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSearchIndexes, indexDependency, initialIndex } from '../../../../src/adapters/pinecone/index.ts';
import { createSandbox, type Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { loadConfig } from '../../../../src/runtime/config.ts';
import { testEmbedders } from '../../../support/test-embedders.ts';
import { newTenant, passage } from './passages.ts';

let dir: string;
let sandbox: Sandbox;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-sandbox-'));
  sandbox = await createSandbox({ port: 0, dir, embedders: await testEmbedders() });
});
afterAll(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true });
});

test('where no Pinecone is named the sandbox answers', async () => {
  const config = loadConfig({ SANDBOX_URL: sandbox.url, PINECONE_RERANK_MODEL: 'bge-reranker-v2-m3' });
  const retriever = createSearchIndexes(config).open(initialIndex(config));
  const tenant = newTenant();
  const chunk = passage(tenant, 'Ana: the launch moves to May');
  await retriever.upsert(tenant, [chunk]);
  expect(await retriever.search(tenant, { texts: ['launch'], limit: 8 })).toMatchObject([{ chunkId: chunk.id }]);
  await indexDependency(config, async () => initialIndex(config).target).check();
});

test('a named Pinecone is asked before the sandbox', async () => {
  const config = loadConfig({
    SANDBOX_URL: sandbox.url,
    PINECONE_API_KEY: 'key',
    PINECONE_INDEX_HOST: 'http://127.0.0.1:1',
    PINECONE_SPARSE_INDEX_HOST: 'http://127.0.0.1:1',
  });
  await expect(indexDependency(config, async () => initialIndex(config).target).check()).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

test('where neither is named every use says what to set', async () => {
  const config = loadConfig({});
  expect(() => createSearchIndexes(config).open(initialIndex(config))).toThrow('PINECONE_API_KEY');
  await expect(indexDependency(config, async () => initialIndex(config).target).check()).rejects.toThrow(
    'PINECONE_API_KEY',
  );
});

test('a part of Pinecone alone stops the start', () => {
  expect(() => loadConfig({ PINECONE_API_KEY: 'key', SANDBOX_URL: sandbox.url })).toThrow('PINECONE_INDEX_HOST');
});
