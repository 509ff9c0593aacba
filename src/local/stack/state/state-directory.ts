import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/**
 * What a running stack says about itself, in `stack.json` of its state directory. An address is null where the
 * environment gave it, because it may hold a password.
 */
const stackSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  api: z.string(),
  temporalUi: z.string().nullable(),
  temporal: z.string().nullable(),
  mongodb: z.string().nullable(),
  sandbox: z.string().nullable(),
});
export type Stack = z.infer<typeof stackSchema>;

/** The places under ASK_STATE_DIR. */
export interface StateDirectory {
  root: string;
  logs: string;
  lock: string;
  stack: string;
  demo: string;
  release: string;
  temporalDatabase: string;
  mongodb: string;
  sandbox: string;
  /** Of Node, for the children. */
  codeCache: string;
}

export function stateDirectory(directory: string): StateDirectory {
  const root = resolve(directory);
  return {
    root,
    logs: join(root, 'logs'),
    lock: join(root, 'up.lock'),
    stack: join(root, 'stack.json'),
    demo: join(root, 'demo.json'),
    release: join(root, 'release.json'),
    temporalDatabase: join(root, 'temporal.db'),
    mongodb: join(root, 'mongodb'),
    sandbox: join(root, 'sandbox'),
    codeCache: join(root, 'cache', 'node'),
  };
}

/** Makes the directories, readable by their owner only: they hold conversations and keys. */
export async function prepare(state: StateDirectory): Promise<void> {
  for (const directory of [state.root, state.logs, state.mongodb, state.sandbox]) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  await chmod(state.root, 0o700);
}

/** The stack that last ran here; null when none did. It may have ended since. */
export async function readStack(state: StateDirectory): Promise<Stack | null> {
  return readJson(state.stack, stackSchema);
}

/** A JSON file of the expected form; null when there is none or it has another form. */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Writes a JSON file that only its owner can read. A reader never sees half of it. */
export async function writePrivateJson(file: string, value: unknown): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
