import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../src/config.ts';
import { findOnPath, isExecutable } from '../../src/embedded/executables.ts';
import { type Choice, locate } from '../../src/embedded/locate.ts';

/** Root may not run PostgreSQL, so `nobody` does; everybody else does it as themselves. */
export const RUNS_AS = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

const DEBIAN = '/usr/lib/postgresql';

/** The directory of PostgreSQL's programs; null, and a line that says so, where there is none. */
export async function locatePostgreSql(): Promise<string | null> {
  const { PATH } = loadConfig();
  const remedy = 'Install PostgreSQL 12 or newer to run the tests of the production topology.';
  return locate('PostgreSQL', [onPath(PATH), debian], remedy, say).catch((error: Error) => {
    say(`${error.message.replaceAll(/\s+/g, ' ')} Skipped.`);
    return null;
  });
}

function onPath(path: string): Choice {
  return {
    name: 'initdb on PATH',
    find: async () => {
      const file = await findOnPath('pg_dump', path);
      const beside = file === null ? null : dirname(file);
      return beside !== null && (await isExecutable(join(beside, 'initdb'))) ? beside : null;
    },
  };
}

const debian: Choice = {
  name: DEBIAN,
  find: async () => {
    const versions = (await readdir(DEBIAN).catch(() => [])).map(Number).toSorted((a, b) => b - a);
    for (const version of versions) {
      const bin = join(DEBIAN, `${version}`, 'bin');
      if (await isExecutable(join(bin, 'initdb'))) return bin;
    }
    return null;
  },
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
