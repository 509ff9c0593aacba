import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { releaseChunk } from '../bodies/release-chunk.ts';

/**
 * A response body that is sent at once and ends when the rest of the request has come and was dropped. A connection that
 * is closed over unread bytes is reset, and a client that still sends loses the answer (RFC 9112, 9.6).
 */
export function lingeringBody(request: IncomingMessage, body: string): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(body);
      request.on('data', releaseChunk);
      // A client that breaks off or takes too long ends its request as well.
      await finished(request).catch(() => undefined);
    })(),
  );
}
