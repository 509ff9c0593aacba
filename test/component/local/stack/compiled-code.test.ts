import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../../src/local/stack/state/ports.ts';
import { startRole } from '../../../support/process.ts';

test('a process that is killed has left its compiled code to the next start', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ask-compiled-'));
  try {
    const role = await startRole('src/roles/codec-server.ts', {
      CODEC_PORT: String(await freePort()),
      CODEC_TOKEN: randomBytes(32).toString('hex'),
      PAYLOAD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      NODE_COMPILE_CACHE: directory,
    });
    await role.stop('SIGKILL');
    const left = await readdir(directory, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).not.toEqual([]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
