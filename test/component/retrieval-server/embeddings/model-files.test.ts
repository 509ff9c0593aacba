import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storeFiles } from '../../../../src/retrieval-server/embeddings/fetch-files.ts';
import { findModel, modelOnDisk } from '../../../../src/retrieval-server/embeddings/model-files.ts';
import { cacheHome } from '../../../../src/runtime/cache-home.ts';
import { loadConfig } from '../../../../src/runtime/config.ts';
import { testEmbedders } from '../../../support/test-embedders.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-model-'));
});
afterEach(() => rm(dir, { recursive: true }));

const never = (line: string) => {
  throw new Error(`nothing was to be fetched, and it said: ${line}`);
};

test('an earlier download is found without a network', async () => {
  // Brings it where a source has it; a machine without any has nothing to look for.
  if ((await testEmbedders()).length === 0) return console.log('skipped: no source of the embedding model');
  const cache = cacheHome(loadConfig().XDG_CACHE_HOME);
  expect(await findModel({ cache }, never)).toMatchObject({ model: 'all-MiniLM-L6-v2-q', source: 'cache' });
  const { onnx = '' } = (await modelOnDisk({ cache })) ?? {};
  await cp(dirname(onnx), join(dir, 'own'), { recursive: true });
  const folder = await findModel({ cache: dir, folder: join(dir, 'own') }, never);
  expect(folder).toMatchObject({ model: 'all-MiniLM-L6-v2-q', source: 'folder', minScore: 0.21 });
});

test('a folder with another model has a name of its own, and no floor', async () => {
  for (const name of ['model.onnx', 'tokenizer.json']) await writeFile(join(dir, name), 'other');
  expect(await findModel({ cache: dir, folder: dir }, never)).toMatchObject({
    model: expect.stringMatching(/^onnx-[0-9a-f]{16}$/),
    minScore: 0,
  });
});

test('a folder without a model stops the start, whatever the cache holds', async () => {
  await expect(findModel({ cache: dir, folder: dir }, never)).rejects.toThrow('EMBEDDINGS_DIR');
});

test('of several downloads at once one is kept, and nothing is left behind', async () => {
  const target = join(dir, 'models', 'one');
  await mkdir(dirname(target));
  await Promise.all(Array.from({ length: 8 }, () => storeFiles(target, { a: Buffer.from('a'), b: Buffer.from('b') })));
  expect(await readdir(dirname(target))).toEqual(['one']);
  expect((await readdir(target)).toSorted()).toEqual(['a', 'b']);
});
