import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Index, Pinecone } from '@pinecone-database/pinecone';
import { type PineconeSandbox, startPineconeSandbox } from '../../support/retrieval-server.ts';
import { syntheticEmbedder } from '../../support/synthetic-embedder.ts';

let dir: string;
let server: PineconeSandbox;
let indexes: { dense: Index; sparse: Index };

const kinds = ['dense', 'sparse'] as const;
const namespace = 'library';
/** Many times more than a search compares by their cosines. */
const PASSAGES = 480;
const passages = Array.from({ length: PASSAGES }, (_, i) => ({
  id: `p${i}`,
  text: `the launch, part ${i}`,
  recording: i % 240 === 7 ? 'few' : 'many',
}));

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-filters-'));
  server = await startPineconeSandbox({ dir, embedders: [syntheticEmbedder()] });
  const client = new Pinecone({ apiKey: 'any', maxRetries: 0 });
  const { denseHost, sparseHost } = server.settings;
  indexes = { dense: client.index({ host: denseHost }), sparse: client.index({ host: sparseHost }) };
  for (const kind of kinds) {
    for (let from = 0; from < PASSAGES; from += 96)
      await indexes[kind].upsertRecords({ namespace, records: passages.slice(from, from + 96) });
  }
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

async function find(kind: (typeof kinds)[number], recording: string): Promise<string[]> {
  const query = { inputs: { text: 'the launch, part 8' }, topK: 2, filter: { recording } };
  const { result } = await indexes[kind].searchRecords({ namespace, query });
  return result.hits.map(({ _id }) => _id).sort();
}

test.each(kinds)('the %s index finds the few that a filter admits among many', async (kind) => {
  expect(await find(kind, 'few')).toEqual(['p247', 'p7']);
});

test.each(kinds)('the %s index filters by what was changed, added and deleted since', async (kind) => {
  const write = (id: string, recording: string) =>
    indexes[kind].upsertRecords({ namespace, records: [{ id, text: `the launch, part ${id.slice(1)}`, recording }] });
  expect(await find(kind, 'later')).toEqual([]);
  await write('p8', 'later');
  await write('p9999', 'later');
  expect(await find(kind, 'later')).toEqual(['p8', 'p9999']);
  await indexes[kind].deleteMany({ namespace, ids: ['p9999'] });
  expect(await find(kind, 'later')).toEqual(['p8']);
  await indexes[kind].deleteMany({ namespace, filter: { recording: 'later' } });
  expect(await find(kind, 'later')).toEqual([]);
});
