import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../../runtime/config.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SOURCE = join(ROOT, 'src', 'clients', 'console');
/** What the console talks to the API with. */
const SDK = join(ROOT, 'src', 'clients', 'sdk');
const BUILT = join(SOURCE, 'dist');
/** In the build: the state of the sources that it was made of. */
const MARK = 'built-from';

/** Builds the console, unless the existing build comes from the same sources. @throws Error with the end of Vite's output */
export async function ensureConsole(): Promise<void> {
  const state = await sourceState();
  const built = await readFile(join(BUILT, MARK), 'utf8').catch(() => null);
  if (built === state) return;
  const unfinished = `${BUILT}.${process.pid}`;
  try {
    await vite(['build', SOURCE, '--outDir', unfinished, '--emptyOutDir', '--logLevel', 'warn']);
    await writeFile(join(unfinished, MARK), state);
    await replace(unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A digest of the console's sources and of the tools that build it. */
async function sourceState(): Promise<string> {
  const files = [...(await filesIn(SOURCE)), ...(await filesIn(SDK)), join(ROOT, 'package-lock.json')];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(BUILT))
    .sort();
}

/** When two builds run at once, the later one may find the earlier one in its place. Both are good. */
async function replace(unfinished: string): Promise<void> {
  await rm(BUILT, { recursive: true, force: true });
  await rename(unfinished, BUILT).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

function vite(args: string[]): Promise<void> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  return new Promise((resolve, reject) => {
    // A test builds the same form that people get.
    const env = childEnvironment({ NODE_ENV: 'production' });
    const child = spawn(process.execPath, [bin, ...args], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the console could not be built (exit code ${code})\n${said.trim()}`));
    });
  });
}
