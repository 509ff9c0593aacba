import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { outputOf } from '../programs/executables.ts';

const alreadyExists = z.object({ code: z.literal('EEXIST') });

/** Another process holds the lock. */
export class AlreadyLocked extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`process ${pid} holds the lock`);
    this.pid = pid;
  }
}

/**
 * Takes a lock file for this process. A lock whose holder has ended is taken over.
 * @returns a function that releases the lock
 * @throws AlreadyLocked
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  const content = `${process.pid}\n${await commandOf(process.pid)}`;
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!alreadyExists.safeParse(error).success) throw error;
    const holder = await holderOf(file);
    if (holder !== null) throw new AlreadyLocked(holder);
    await rm(file, { force: true });
    return takeLock(file);
  }
  return () => rm(file, { force: true });
}

/** The process that holds a lock; null when nobody does. */
export async function holderOf(file: string): Promise<number | null> {
  const [first, command] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  // Another program may have this process id now. In a restarted container this is likely.
  return command !== '' && (await commandOf(pid)) === command ? pid : null;
}

/** The command line of a process; empty when it has ended. */
async function commandOf(pid: number): Promise<string> {
  return outputOf('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => '');
}
