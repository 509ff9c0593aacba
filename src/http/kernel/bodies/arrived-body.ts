import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AskError, unavailable } from '../../../domain/shared/errors.ts';
import { type BodyPace, chunksOf } from './body-chunks.ts';
import { releaseChunk } from './release-chunk.ts';

/** A body that has arrived whole: in memory, or, where it is large, in an open file that has no name any more. */
export interface ArrivedBody {
  source: { bytes: Buffer } | { fd: number; size: number };
  /** Gives back what the body takes. */
  close(): Promise<void>;
}

export interface BodyBounds {
  maxBytes: number;
  /** Bytes that may stay in memory; what is larger goes to a file. */
  memoryBytes: number;
  pace?: BodyPace;
  /** Called with each chunk. */
  onChunk(chunk: Buffer): void;
  /** Called once where the body goes to a file. @returns how to tell that it is gone */
  onLarge(): () => void;
}

/**
 * Takes a body of at most `maxBytes`: an announced length above it is refused unread, and an unannounced one as soon as it
 * is passed.
 * @throws AskError `payload_too_large`; `unavailable` where the disk takes no more
 */
export async function takeBody(request: IncomingMessage, bounds: BodyBounds): Promise<ArrivedBody> {
  const { maxBytes, memoryBytes, onChunk } = bounds;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let spool: Spool | null = null;
  let size = 0;
  try {
    for await (const chunk of chunksOf(request, bounds.pace)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      onChunk(chunk);
      if (spool !== null) await spool.write(chunk);
      else chunks.push(chunk);
      if (spool === null && size > memoryBytes) {
        spool = await Spool.open(bounds.onLarge());
        for (const held of chunks.splice(0)) await spool.write(held);
      }
    }
  } catch (error) {
    await spool?.close();
    throw error;
  }
  if (spool === null) return { source: { bytes: Buffer.concat(chunks, size) }, close: async () => undefined };
  const { fd, close } = spool;
  return { source: { fd, size }, close };
}

/** A file without a name: the system frees it with its last descriptor, also when this process is killed. */
class Spool {
  readonly #handle: FileHandle;
  readonly #onClose: () => void;

  static async open(onClose: () => void): Promise<Spool> {
    const file = join(tmpdir(), `ask-body-${randomUUID()}`);
    try {
      const handle = await open(file, 'wx+', 0o600);
      await rm(file);
      return new Spool(handle, onClose);
    } catch (error) {
      onClose();
      throw unavailable('The disk for large bodies', error);
    }
  }

  private constructor(handle: FileHandle, onClose: () => void) {
    this.#handle = handle;
    this.#onClose = onClose;
  }

  get fd(): number {
    return this.#handle.fd;
  }

  /** Writes a chunk, and frees it. */
  async write(chunk: Buffer): Promise<void> {
    try {
      for (let at = 0; at < chunk.length; ) at += (await this.#handle.write(chunk, at)).bytesWritten;
    } catch (error) {
      throw unavailable('The disk for large bodies', error);
    }
    releaseChunk(chunk);
  }

  readonly close = async (): Promise<void> => {
    await this.#handle.close();
    this.#onClose();
  };
}

function tooLarge(limit: number): AskError {
  return new AskError('payload_too_large', `The body must not exceed ${limit} bytes. Send less at once.`, {
    details: { limit },
  });
}
