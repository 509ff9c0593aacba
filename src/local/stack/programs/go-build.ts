import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheHome } from './cache-home.ts';
import { isExecutable } from './executables.ts';
import type { Choice } from './locate.ts';

const STACK = fileURLToPath(new URL('../../../../stack/', import.meta.url));
const PINS = ['go.mod', 'go.sum'];
/** The only program of the embedded stack whose sources are in this repository. */
const OWN_SOURCES = ['ferretdb/main.go', 'ferretdb/id_index.go', 'ferretdb/lazy_handler.go'];
const LAST_LINES = 5;

/** The program that `go build` makes from the pinned module in `stack/`. */
export interface GoProgram {
  name: string;
  package: string;
  ldflags: string;
  /** How long a cold build takes on two cores, in words. */
  takes: string;
}

/**
 * Where programs built from `stack/` are kept: one directory a user, so that clones and CI share them, and in it one
 * for each state of the pinned sources and each platform.
 * @param cache the XDG cache directory; `~/.cache` when undefined
 * @param sources of the programs to build, in `stack/`; those of the embedded stack when left out
 */
export async function buildCache(cache: string | undefined, sources = OWN_SOURCES): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...PINS, ...sources]) hash.update(await readFile(join(STACK, file)));
  const key = `${hash.digest('hex').slice(0, 16)}-${process.platform}-${process.arch}`;
  return join(cacheHome(cache), key);
}

export function cachedBuild(program: GoProgram, cache: string): Choice {
  const file = join(cache, program.name);
  return { name: 'earlier build', find: async () => ((await isExecutable(file)) ? file : null) };
}

export function goBuild(program: GoProgram, cache: string): Choice {
  return {
    name: 'go build',
    find: async (report) => {
      report(`building ${program.name} with Go (once; ${program.takes} on two cores)`);
      await mkdir(cache, { recursive: true });
      const file = join(cache, program.name);
      const unfinished = `${file}.${process.pid}`;
      try {
        await go(['build', '-trimpath', '-ldflags', program.ldflags, '-o', unfinished, program.package]);
        // It is renamed at the end, because a second build at the same time must not see half a program.
        await rename(unfinished, file);
      } finally {
        await rm(unfinished, { force: true });
      }
      return file;
    },
  };
}

function go(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: STACK, stdio: ['ignore', 'ignore', 'pipe'] });
    const kill = () => child.kill();
    process.once('exit', kill);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
    child.once('error', () => reject(new Error('the Go tool is not on PATH')));
    child.once('close', (code) => {
      process.off('exit', kill);
      if (code === 0) resolve();
      else reject(new Error(`exit code ${code}\n${said.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`));
    });
  });
}
