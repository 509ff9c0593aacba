import { glob, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../lib/failure.ts';
import { contentTypeOf, isTranscriptFile, TRANSCRIPT_EXTENSIONS } from './transcript-file.ts';

/**
 * The transcript files that these paths name, each once: files, folders with all that is in them, and patterns such as `2026-*.vtt`.
 * A file that is not there stays in the list, and fails when it is read.
 * @throws UsageError for a file that is no transcript, and for a folder or pattern that holds none
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const path of paths) for (const file of await filesOf(path)) found.set(resolve(file), file);
  return [...found.values()];
}

async function filesOf(path: string): Promise<string[]> {
  const stats = await stat(path).catch(() => null);
  if (stats?.isDirectory())
    return transcriptsIn(path, await readdir(path, { recursive: true }), (name) => join(path, name));
  if (stats === null && /[*?[{]/.test(path)) return transcriptsIn(path, await matching(path), (file) => file);
  contentTypeOf(path);
  return [path];
}

async function matching(pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern)) files.push(file);
  return files;
}

function transcriptsIn(path: string, names: readonly string[], fileOf: (name: string) => string): string[] {
  const files = names.filter(isTranscriptFile).sort().map(fileOf);
  if (files.length > 0) return files;
  throw new UsageError(`${path}: there is no transcript (${TRANSCRIPT_EXTENSIONS.join(', ')}).`);
}
