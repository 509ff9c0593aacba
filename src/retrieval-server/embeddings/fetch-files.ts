import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Says one line about what is being done. */
export type Report = (line: string) => void;

const ANSWER_WITHIN_MS = 5_000;
const MOST_SILENCE_MS = 20_000;
const MIB = 1024 * 1024;

/** A file from the web, with its progress in tenths. @throws Error that names the host */
export async function fetchFile(url: string, what: string, report: Report): Promise<Uint8Array> {
  const { host } = new URL(url);
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), ANSWER_WITHIN_MS);
  const stillThere = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), MOST_SILENCE_MS);
  };
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok || response.body === null) throw new Error(`${host} answers ${response.status}`);
    const size = Number(response.headers.get('content-length'));
    const parts: Uint8Array[] = [];
    let got = 0;
    let told = -1;
    for await (const part of response.body) {
      stillThere();
      parts.push(part);
      got += part.length;
      const tenths = size > 0 ? Math.floor((10 * got) / size) : -1;
      if (tenths > told) report(`downloading ${what} from ${host}: ${tenths * 10} % of ${Math.ceil(size / MIB)} MB`);
      told = tenths;
    }
    return Buffer.concat(parts);
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith(host)) throw cause;
    throw new Error(`${host} does not answer`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Writes a folder in one step, so that a reader never sees half of it. Several processes may do so at once, with the same content. */
export async function storeFiles(dir: string, files: Record<string, Uint8Array>): Promise<void> {
  const unfinished = `${dir}.${randomUUID()}`;
  await mkdir(dirname(dir), { recursive: true });
  await mkdir(unfinished);
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(unfinished, name), content);
    await rename(unfinished, dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** SHA-256, in hex. */
export function checksumOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
