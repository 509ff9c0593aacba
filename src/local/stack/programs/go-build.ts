import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cacheHome } from '../../../runtime/cache-home.ts';
import { isExecutable } from './executables.ts';
import type { Choice } from './locate.ts';
import { copyPatched, type ModulePatch } from './patched-module.ts';

const STACK = fileURLToPath(new URL('../../../../stack/', import.meta.url));
const PINS = ['go.mod', 'go.sum'];
const LAST_LINES = 5;

/** The program that `go build` makes from the pinned module in `stack/`. */
export interface GoProgram {
  name: string;
  package: string;
  ldflags: string;
  /** How long a cold build takes on two cores, in words. */
  takes: string;
  /** Its sources in this repository, in `stack/`. */
  sources?: readonly string[];
  /** A module that it needs changed. */
  patch?: ModulePatch;
}

/**
 * Where programs built from `stack/` are kept: one directory a user, so that clones and CI share them, and in it one
 * for each state of the pinned modules and each platform.
 * @param cache the XDG cache directory; `~/.cache` when undefined
 */
export async function buildCache(cache: string | undefined): Promise<string> {
  return join(cacheHome(cache), `${await hashOf(PINS)}-${process.platform}-${process.arch}`);
}

export function cachedBuild(program: GoProgram, cache: string): Choice {
  return {
    name: 'earlier build',
    find: async () => {
      const file = await fileOf(program, cache);
      return (await isExecutable(file)) ? file : null;
    },
  };
}

export function goBuild(program: GoProgram, cache: string): Choice {
  return {
    name: 'go build',
    find: async (report) => {
      report(`building ${program.name} with Go (once; ${program.takes} on two cores)`);
      await mkdir(cache, { recursive: true });
      const file = await fileOf(program, cache);
      const unfinished = `${file}.${process.pid}`;
      const copy = `${unfinished}.modules`;
      try {
        const modules = program.patch === undefined ? [] : await patchedModules(program.patch, copy);
        await go(['build', ...modules, '-trimpath', '-ldflags', program.ldflags, '-o', unfinished, program.package]);
        // It is renamed at the end, because a second build at the same time must not see half a program.
        await rename(unfinished, file);
      } finally {
        await rm(unfinished, { force: true });
        await rm(copy, { recursive: true, force: true });
      }
      return file;
    },
  };
}

/** One file for each state of the program's own sources. */
export async function fileOf({ name, sources, patch }: GoProgram, cache: string): Promise<string> {
  if (sources === undefined) return join(cache, name);
  const changes = patch === undefined ? '' : JSON.stringify(patch);
  return join(cache, `${name}-${await hashOf(sources, changes)}`);
}

async function hashOf(files: readonly string[], more = ''): Promise<string> {
  const hash = createHash('sha256').update(more);
  for (const file of files) hash.update(await readFile(join(STACK, file)));
  return hash.digest('hex').slice(0, 16);
}

/** @returns the arguments of `go build` by which it takes the changed copy of the module */
async function patchedModules(patch: ModulePatch, copy: string): Promise<string[]> {
  const said = await go(['mod', 'download', '-json', patch.module]);
  const { Dir } = z.object({ Dir: z.string() }).parse(JSON.parse(said));
  const changed = join(copy, 'module');
  await copyPatched(patch, Dir, changed, STACK);
  const pins = await readFile(join(STACK, 'go.mod'), 'utf8');
  await writeFile(join(copy, 'go.mod'), `${pins}\nreplace ${patch.module} => ${changed}\n`);
  await writeFile(join(copy, 'go.sum'), await readFile(join(STACK, 'go.sum')));
  return ['-modfile', join(copy, 'go.mod')];
}

/** @returns what it prints */
function go(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: STACK, stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = () => child.kill();
    process.once('exit', kill);
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
    child.once('error', () => reject(new Error('the Go tool is not on PATH')));
    child.once('close', (code) => {
      process.off('exit', kill);
      if (code === 0) resolve(printed);
      else reject(new Error(`exit code ${code}\n${said.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`));
    });
  });
}
