import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateDirectory } from './state-directory.ts';

const LARGEST_BYTES = 5_000_000;
const LOOKED_AT_EVERY_MS = 10_000;

/** The log file of a child. */
export function logFile({ logs }: StateDirectory, name: string): string {
  return join(logs, `${name}.log`);
}

/** Keeps the logs of the children small while they run. @returns how to end it */
export function rotateLogs({ logs }: StateDirectory): () => void {
  const rotating = setInterval(() => void rotateAll(logs), LOOKED_AT_EVERY_MS);
  rotating.unref();
  return () => clearInterval(rotating);
}

/**
 * Sets aside each log that has grown large, and what was set aside before goes. A child keeps its file open and appends
 * to it, so the file is copied and emptied.
 */
export async function rotateAll(logs: string, largestBytes = LARGEST_BYTES): Promise<void> {
  const names = await readdir(logs).catch(() => []);
  for (const file of names.filter((name) => name.endsWith('.log')).map((name) => join(logs, name))) {
    const size = await stat(file).then(
      (info) => info.size,
      () => 0,
    );
    if (size <= largestBytes) continue;
    // On a full disk there is no room for the copy. To empty the file makes some.
    await copyFile(file, `${file}.1`).catch(() => undefined);
    await truncate(file).catch(() => undefined);
  }
}
