import { readFile } from 'node:fs/promises';

const read = new Map<string, Promise<Buffer>>();

/**
 * The bytes of a file of this installation. All responses share them: nobody needs a key for these, so that as many readers
 * who take nothing as there may be connections would else each hold megabytes.
 */
export function readOnce(path: string): Promise<Buffer> {
  const bytes = read.get(path) ?? readFile(path);
  read.set(path, bytes);
  bytes.catch(() => read.delete(path));
  return bytes;
}
