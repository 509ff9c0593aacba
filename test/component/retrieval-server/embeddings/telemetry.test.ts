import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { modelOnDisk } from '../../../../src/retrieval-server/embeddings/model-files.ts';
import { cacheHome } from '../../../../src/runtime/cache-home.ts';
import { testEmbedders } from '../../../support/test-embedders.ts';

const SCRIPT = join(import.meta.dirname, '../../../support/embed-once.ts');

test('the runtime of the model reports nothing to its maker', async () => {
  await testEmbedders();
  const files = await modelOnDisk({ cache: cacheHome(process.env.XDG_CACHE_HOME) });
  if (files === null) {
    process.stderr.write('skipped: the embedding model cannot be had here\n');
    return;
  }
  const home = await mkdtemp(join(tmpdir(), 'ask-home-'));
  try {
    // With CI set it reports nothing anyway. What it is about to send it keeps in the user's cache.
    const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: home };
    await promisify(execFile)('node', [SCRIPT, dirname(files.onnx)], { env });
    expect(await readdir(home)).toEqual([]);
  } finally {
    await rm(home, { recursive: true });
  }
});
