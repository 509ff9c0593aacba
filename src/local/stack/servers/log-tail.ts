import { readFile } from 'node:fs/promises';

const LINES = 10;

/** The last lines of a log, indented for the terminal. A process that was started again and again says the same each time. */
export async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = new Set(text.trimEnd().split('\n').slice(-LINES));
  return [...lines].map((line) => `  ${line}`).join('\n');
}
