import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Errors, type Index, Pinecone } from '@pinecone-database/pinecone';
import { eventually } from '../../support/eventually.ts';
import { type PineconeSandbox, startPineconeSandbox } from '../../support/retrieval-server.ts';

let dir: string;
let sandbox: PineconeSandbox;
let dense: Index;
let sparse: Index;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-pinecone-'));
  sandbox = await startPineconeSandbox({ dir });
  const { settings } = sandbox;
  const client = new Pinecone({ apiKey: settings.apiKey, maxRetries: 0 });
  dense = client.index({ host: settings.denseHost });
  sparse = client.index({ host: settings.sparseHost });
});
afterAll(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true });
});

const fruits = [
  { id: 'apple', text: 'apples grow in the orchard', kind: 'fruit', weight: 100, tags: ['red', 'round'] },
  { id: 'plum', text: 'plums grow in the orchard too', kind: 'fruit', weight: 30, ripe: true },
  { id: 'oak', text: 'oaks grow in the orchard beside', kind: 'tree', weight: 9000 },
];

let last = 0;
/** A namespace of its own in which the fruits are found. */
async function orchard(): Promise<string> {
  const namespace = `orchard-${last++}`;
  const ids = fruits.map(({ id }) => id);
  for (const index of [dense, sparse]) {
    await index.upsertRecords({ records: fruits, namespace });
    await eventually(async () => Object.keys((await index.fetch({ ids, namespace })).records).length === ids.length);
  }
  return namespace;
}

async function search(index: Index, namespace: string, text: string, filter?: object, topK = 10) {
  const { result } = await index.searchRecords({
    namespace,
    query: { inputs: { text }, topK, ...(filter ? { filter } : {}) },
  });
  return result.hits;
}
const idsOf = (hits: { _id: string }[]) => hits.map(({ _id }) => _id).sort();

test.each(['dense', 'sparse'] as const)('the %s index finds what the words are about, best first', async (kind) => {
  const index = { dense, sparse }[kind];
  const [first, second] = await search(index, await orchard(), 'where does the apple grow');
  expect(first?._id).toBe('apple');
  expect(first?._score).toBeGreaterThan(second?._score ?? 0);
  expect(first?.fields).toMatchObject({ text: 'apples grow in the orchard', weight: 100, tags: ['red', 'round'] });
});

test('the dense index finds by meaning what the sparse one does not', async () => {
  const namespace = await orchard();
  expect((await search(dense, namespace, 'what is cider made of'))[0]?._id).toBe('apple');
  expect(await search(sparse, namespace, 'what is cider made of')).toEqual([]);
});

test('only the fields asked for come back, and no more hits than asked for', async () => {
  const { result } = await dense.searchRecords({
    namespace: await orchard(),
    query: { inputs: { text: 'orchard' }, topK: 2 },
    fields: ['kind'],
  });
  expect(result.hits).toHaveLength(2);
  expect(Object.keys(result.hits[0]?.fields ?? {})).toEqual(['kind']);
});

test.each([
  [{ kind: 'fruit' }, ['apple', 'plum']],
  [{ kind: { $eq: 'tree' } }, ['oak']],
  [{ kind: { $ne: 'tree' } }, ['apple', 'plum']],
  [{ weight: { $gt: 100 } }, ['oak']],
  [{ weight: { $gte: 100 } }, ['apple', 'oak']],
  [{ weight: { $lt: 100 } }, ['plum']],
  [{ weight: { $lte: 100 } }, ['apple', 'plum']],
  [{ weight: { $gt: 30, $lt: 9000 } }, ['apple']],
  [{ kind: { $in: ['tree', 'bush'] } }, ['oak']],
  [{ tags: { $in: ['red'] } }, ['apple']],
  [{ kind: { $nin: ['tree'] } }, ['apple', 'plum']],
  [{ ripe: { $exists: true } }, ['plum']],
  [{ ripe: { $exists: false } }, ['apple', 'oak']],
  [{ ripe: true }, ['plum']],
  [{ $and: [{ kind: 'fruit' }, { weight: { $gt: 50 } }] }, ['apple']],
  [{ $or: [{ kind: 'tree' }, { ripe: true }] }, ['oak', 'plum']],
  [{ weight: { $gt: 'heavy' } }, 400],
  [{ weight: { $near: 5 } }, 400],
  [{ $not: [{ kind: 'fruit' }] }, 400],
])('filter %j', async (filter, expected) => {
  const found = search(sparse, await orchard(), 'orchard', filter);
  if (expected === 400) await expect(found).rejects.toThrow(Errors.PineconeBadRequestError);
  else expect(idsOf(await found)).toEqual(expected);
});

test('a namespace sees nothing of another', async () => {
  const namespace = await orchard();
  await dense.upsertRecords({ records: [{ id: 'pear', text: 'pears grow in the orchard' }], namespace: 'neighbour' });
  expect(idsOf(await search(dense, 'neighbour', 'orchard'))).toEqual(['pear']);
  expect(idsOf(await search(dense, namespace, 'pears in the orchard'))).not.toContain('pear');
  expect(Object.keys((await dense.fetch({ ids: ['apple'], namespace: 'neighbour' })).records)).toEqual([]);
});

test('a namespace that was never written to is empty', async () => {
  expect(await search(dense, 'nowhere', 'orchard')).toEqual([]);
  await expect(dense.deleteNamespace('nowhere')).rejects.toThrow(Errors.PineconeNotFoundError);
});

test('a record written again replaces the first', async () => {
  const namespace = await orchard();
  await sparse.upsertRecords({ records: [{ id: 'apple', text: 'cider is pressed' }], namespace });
  expect(idsOf(await search(sparse, namespace, 'orchard'))).toEqual(['oak', 'plum']);
  expect(idsOf(await search(sparse, namespace, 'cider'))).toEqual(['apple']);
});

test('records are deleted by id, by filter and all together', async () => {
  const namespace = await orchard();
  await sparse.deleteMany({ ids: ['plum', 'unknown'], namespace });
  expect(idsOf(await search(sparse, namespace, 'orchard'))).toEqual(['apple', 'oak']);
  await sparse.deleteMany({ filter: { kind: { $eq: 'tree' } }, namespace });
  expect(idsOf(await search(sparse, namespace, 'orchard'))).toEqual(['apple']);
  await sparse.deleteAll({ namespace });
  expect(await search(sparse, namespace, 'orchard')).toEqual([]);
});

test('records are fetched, listed in pages and counted', async () => {
  const namespace = await orchard();
  const { records } = await dense.fetch({ ids: ['oak', 'unknown'], namespace });
  expect(records).toMatchObject({ oak: { id: 'oak', metadata: { kind: 'tree' } } });
  const first = await dense.listPaginated({ namespace, limit: 2 });
  expect(first.vectors?.map(({ id }) => id)).toEqual(['apple', 'oak']);
  const second = await dense.listPaginated({ namespace, limit: 2, paginationToken: first.pagination?.next ?? '' });
  expect(second).toMatchObject({ vectors: [{ id: 'plum' }] });
  expect(second.pagination).toBeUndefined();
  const stats = await dense.describeIndexStats();
  expect(stats.namespaces?.[namespace]?.recordCount).toBe(3);
  expect((await dense.listNamespaces()).namespaces).toContainEqual(expect.objectContaining({ name: namespace }));
});

test('a deleted namespace is gone from the list', async () => {
  const namespace = await orchard();
  await dense.deleteNamespace(namespace);
  expect(await search(dense, namespace, 'orchard')).toEqual([]);
  expect((await dense.describeIndexStats()).namespaces).not.toHaveProperty(namespace);
});

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, text: 'some text' }));
test.each([
  ['97 records', many(97)],
  ['more than 2 MB', many(90).map((record) => ({ ...record, text: 'x'.repeat(25_000) }))],
  ['no text', [{ id: 'a', words: 'here' }]],
  ['a null', [{ id: 'a', text: 'here', speaker: null as unknown as string }]],
  ['40 kB of metadata', [{ id: 'a', text: 'here', note: 'x'.repeat(41_000) }]],
  ['a long id', [{ id: 'a'.repeat(513), text: 'here' }]],
])('an upsert of %s is refused whole', async (_, records) => {
  await expect(dense.upsertRecords({ records, namespace: 'refused' })).rejects.toThrow(Errors.PineconeBadRequestError);
  expect((await dense.describeIndexStats()).namespaces).not.toHaveProperty('refused');
});

test('96 records fit an upsert', async () => {
  await dense.upsertRecords({ records: many(96), namespace: 'full' });
  expect((await dense.describeIndexStats()).namespaces?.full?.recordCount).toBe(96);
});

test('without a key nothing is answered', async () => {
  const response = await fetch(`${sandbox.settings.denseHost}/namespaces`);
  expect(response.status).toBe(401);
});
