import { readFile } from 'node:fs/promises';

const LINES = 10;

/** The last lines of a log, indented for the terminal. */
export async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-LINES);
  return lines.map((line) => `  ${line}`).join('\n');
}
