import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Index, Pinecone } from '@pinecone-database/pinecone';
import { type Embedder, RefusedText } from '../../../../src/retrieval-server/embeddings/embedder.ts';
import { type PineconeSandbox, startPineconeSandbox } from '../../../support/retrieval-server.ts';
import { syntheticEmbedder } from '../../../support/synthetic-embedder.ts';

let dir: string;
let server: PineconeSandbox;
let index: Index;
let embed: Embedder['embed'];
const vectors = syntheticEmbedder();

const start = async (model: string) => {
  const embedder: Embedder = { ...vectors, model, embed: (texts, kind) => embed(texts, kind) };
  server = await startPineconeSandbox({ dir, embedders: [embedder] });
  index = new Pinecone({ apiKey: 'any', maxRetries: 0 }).index({ host: server.settings.denseHost });
};
const upsert = (namespace: string, ...texts: string[]) =>
  index.upsertRecords({ records: texts.map((text) => ({ id: text, text })), namespace });
const find = async (namespace: string, text: string) => {
  const { result } = await index.searchRecords({ namespace, query: { inputs: { text }, topK: 10 } });
  return result.hits.map(({ _id }) => _id);
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-reading-'));
  embed = vectors.embed;
  await start('first');
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

test('what a model fails at is tried again, and its reason is told meanwhile', async () => {
  embed = async () => {
    throw new Error('The server answers 500.');
  };
  await upsert('a', 'one');
  expect(server.status()).toMatchObject({ pending: 1, failing: 'The server answers 500.' });
  embed = vectors.embed;
  while (server.status().pending > 0) await setTimeout(20);
  expect(server.status()).toMatchObject({ failing: null });
  expect(await find('a', 'one')).toEqual(['one']);
});

test('one text that the model refuses does not hold up the others', async () => {
  embed = async (texts, kind) => {
    if (texts.includes('bad')) throw new RefusedText('refused');
    return vectors.embed(texts, kind);
  };
  await upsert('a', 'one', 'bad', 'two');
  expect(server.status()).toMatchObject({ pending: 0, failing: null });
  expect((await find('a', 'one'))[0]).toBe('one');
  expect((await find('a', 'two'))[0]).toBe('two');
  expect(Object.keys((await index.fetch({ ids: ['bad'], namespace: 'a' })).records)).toEqual(['bad']);
});

test('a namespace whose model is gone is counted and finds nothing; a new one has the new model', async () => {
  await upsert('old', 'one');
  await server.close();
  await start('second');
  expect(server.status()).toMatchObject({ model: 'second/w100' });
  expect(await find('old', 'one')).toEqual([]);
  expect((await index.describeIndexStats()).namespaces?.old?.recordCount).toBe(1);
  await upsert('new', 'one');
  expect(await find('new', 'one')).toEqual(['one']);
});

test('a record that is written again with its text is not embedded again', async () => {
  await upsert('a', 'one');
  let asked = 0;
  embed = async (texts, kind) => {
    asked++;
    return vectors.embed(texts, kind);
  };
  await index.upsertRecords({ records: [{ id: 'one', text: 'one', speaker: 'Ana' }], namespace: 'a' });
  expect(asked).toBe(0);
  expect((await index.fetch({ ids: ['one'], namespace: 'a' })).records.one?.metadata).toMatchObject({ speaker: 'Ana' });
});
