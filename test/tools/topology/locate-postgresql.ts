import { execFile } from 'node:child_process';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath, isExecutable } from '../../../src/local/stack/programs/executables.ts';
import { type Choice, locate, reasonOf } from '../../../src/local/stack/programs/locate.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { postgreSqlPackage } from './postgresql-package.ts';

/** Root may not run PostgreSQL, so `nobody` does; everybody else does it as themselves. */
export const RUNS_AS = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

const DEBIAN = '/usr/lib/postgresql';
const run = promisify(execFile);
const REMEDY = 'Install PostgreSQL 12 or newer to test the production topology.';

/**
 * The directory of PostgreSQL's programs; null, and a line that says so, where there is none. A server that runs already
 * is not asked for: the tests kill theirs, and empty it.
 * @param directory where a package may be unpacked
 */
export function locatePostgreSql(directory: string): Promise<string | null> {
  const choices = [onPath(loadConfig().PATH), debian, postgreSqlPackage(directory)];
  return locate('PostgreSQL', choices.map(runnable), REMEDY, say).catch((error: unknown) => {
    say(`Skipped: ${reasonOf(error).replaceAll(/\s+/g, ' ')}`);
    return null;
  });
}

/** Whether psql, pg_dump and pg_restore are there too. */
export async function hasClients(bin: string): Promise<boolean> {
  const found = await isExecutable(join(bin, 'pg_dump'));
  if (!found) say('Skipped: this PostgreSQL has no psql and pg_dump, so backups are not tested.');
  return found;
}

/** One that whoever is to run it may not run, or that is not for this system, is no choice. */
function runnable({ name, find }: Choice): Choice {
  return {
    name,
    find: async (report) => {
      const bin = await find(report);
      if (bin !== null) await run(join(bin, 'initdb'), ['--version'], { ...RUNS_AS, cwd: '/' });
      return bin;
    },
  };
}

function onPath(path: string): Choice {
  return {
    name: 'initdb on PATH',
    find: async () => {
      const file = await findOnPath('initdb', path);
      return file === null ? null : dirname(await realpath(file));
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
