import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { type Index, Pinecone } from '@pinecone-database/pinecone';

const main = join(import.meta.dirname, '../../support/retrieval-server-process.ts');
let dir: string;
let child: ChildProcess;
let indexes: { dense: Index; sparse: Index };

async function start(): Promise<void> {
  child = fork(main, [dir], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [settings] = await once(child, 'message');
  const client = new Pinecone({ apiKey: 'any', maxRetries: 0 });
  indexes = {
    dense: client.index({ host: settings.denseHost }),
    sparse: client.index({ host: settings.sparseHost }),
  };
}

async function kill(): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-pinecone-'));
});
afterEach(async () => {
  await kill();
  await rm(dir, { recursive: true });
});

const namespace = 'kept';
const kinds = ['dense', 'sparse'] as const;
const find = async (kind: (typeof kinds)[number], text: string) => {
  const { result } = await indexes[kind].searchRecords({ namespace, query: { inputs: { text }, topK: 10 } });
  return result.hits.map(({ _id }) => _id).sort();
};
const upsert = async (kind: (typeof kinds)[number], ...ids: string[]) => {
  await indexes[kind].upsertRecords({ records: ids.map((id) => ({ id, text: `the launch of ${id}` })), namespace });
};
/** Waits until so many records are seen: a model may still read them. */
const seen = async (kind: (typeof kinds)[number], count: number) => {
  while ((await indexes[kind].describeIndexStats()).totalRecordCount !== count) await setTimeout(20);
};

test.each(kinds)('what the %s index answered for survives SIGKILL, deletions too', async (kind) => {
  await start();
  await upsert(kind, 'a', 'b', 'c');
  await indexes[kind].deleteMany({ ids: ['b'], namespace });
  await kill();
  await start();
  await seen(kind, 2);
  expect(await find(kind, 'launch')).toEqual(['a', 'c']);
});

test('what was deleted is in no file any more', async () => {
  await start();
  await upsert('sparse', 'a', 'zanzibar');
  await indexes.sparse.deleteMany({ ids: ['zanzibar'], namespace });
  expect(await stored()).not.toContain('zanzibar');
  await upsert('sparse', 'mombasa');
  expect(await stored()).toContain('mombasa');
  await indexes.sparse.deleteNamespace(namespace);
  expect(await stored()).not.toContain('mombasa');
});

test('an index of another format starts empty, keeps none of its words, and takes what comes', async () => {
  await mkdir(join(dir, 'dense'));
  const file = join(dir, 'dense', 'records.sqlite');
  const earlier = new DatabaseSync(file);
  earlier.exec("CREATE TABLE records (id TEXT); INSERT INTO records VALUES ('a zebra crossing')");
  earlier.close();
  await start();
  await seen('dense', 0);
  expect(await readFile(file, 'utf8')).not.toContain('zebra');
  await upsert('dense', 'a');
  await seen('dense', 1);
  await kill();
  await start();
  await seen('dense', 1);
});

test('the files of release 0.2.0 are taken in, and a line that was cut off is left out', async () => {
  const lines = ['a', 'b', 'c'].map((id) => JSON.stringify({ put: { id, fields: { text: `the launch of ${id}` } } }));
  for (const kind of kinds) {
    await mkdir(join(dir, kind), { recursive: true });
    const file = join(dir, kind, `${encodeURIComponent(namespace)}.ndjson`);
    await writeFile(file, [...lines, '{"delete":["b"]}', '{"put":{"id":"half","fie'].join('\n'));
  }
  await start();
  for (const kind of kinds) {
    await seen(kind, 2);
    expect(await find(kind, 'launch')).toEqual(['a', 'c']);
    expect((await readdir(join(dir, kind))).filter((name) => name.endsWith('.ndjson'))).toEqual([]);
  }
});

/** All that the index keeps on disk. */
async function stored(): Promise<string> {
  const files = (await readdir(join(dir, 'sparse'))).map((file) => readFile(join(dir, 'sparse', file), 'latin1'));
  return (await Promise.all(files)).join('');
}
