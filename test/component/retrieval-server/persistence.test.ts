import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Index, Pinecone } from '@pinecone-database/pinecone';

const main = join(import.meta.dirname, '../../support/retrieval-server-process.ts');
let dir: string;
let child: ChildProcess;
let index: Index;

async function start(): Promise<void> {
  child = fork(main, [dir], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [settings] = await once(child, 'message');
  index = new Pinecone({ apiKey: 'any', maxRetries: 0 }).index({ host: settings.sparseHost });
}

async function kill(): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-pinecone-'));
  await start();
});
afterEach(async () => {
  await kill();
  await rm(dir, { recursive: true });
});

const namespace = 'kept';
const find = async (text: string) => {
  const { result } = await index.searchRecords({ namespace, query: { inputs: { text }, topK: 10 } });
  return result.hits.map(({ _id }) => _id).sort();
};
const upsert = (...ids: string[]) =>
  index.upsertRecords({ records: ids.map((id) => ({ id, text: `the launch of ${id}` })), namespace });
const file = async () => join(dir, 'sparse', (await readdir(join(dir, 'sparse')))[0] as string);

test('what was answered for survives SIGKILL, deletions too', async () => {
  await upsert('a', 'b', 'c');
  await index.deleteMany({ ids: ['b'], namespace });
  await kill();
  await start();
  expect(await find('launch')).toEqual(['a', 'c']);
});

test('a line that a crash cut off is dropped, and the next one is kept', async () => {
  await upsert('a');
  await kill();
  await appendFile(await file(), '{"put":{"id":"half","fie');
  await start();
  expect(await find('launch')).toEqual(['a']);
  await upsert('b');
  await kill();
  await start();
  expect(await find('launch')).toEqual(['a', 'b']);
});

test('the file does not grow with what was overtaken', async () => {
  for (let i = 0; i < 10; i++) await upsert('a', 'b');
  await kill();
  await start();
  expect(await find('launch')).toEqual(['a', 'b']);
  expect((await readFile(await file(), 'utf8')).trim().split('\n')).toHaveLength(2);
});
