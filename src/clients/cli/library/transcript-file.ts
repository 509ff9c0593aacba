import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { TranscriptContentType } from '../../../ports/library/transcript-reader.ts';
import { CliError, UsageError } from '../lib/failure.ts';

const CONTENT_TYPES = new Map<string, TranscriptContentType>([
  ['.json', 'application/json'],
  ['.vtt', 'text/vtt'],
  ['.srt', 'application/x-subrip'],
  ['.sbv', 'text/plain'],
  ['.txt', 'text/plain'],
]);

/** The format of a transcript file, by its extension. @throws UsageError for another one. */
export function contentTypeOf(file: string): TranscriptContentType {
  const contentType = CONTENT_TYPES.get(extname(file).toLowerCase());
  if (contentType === undefined)
    throw new UsageError(`${file}: a transcript ends in ${[...CONTENT_TYPES.keys()].join(', ')}.`);
  return contentType;
}

export async function readTranscriptFile(file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(file);
  } catch {
    throw new CliError(`${file} cannot be read. Check that it is there and that you may read it.`);
  }
}
