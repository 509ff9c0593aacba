import type { ServerResponse } from 'node:http';

/** A reader that takes nothing for this long is gone, or holds what it does not read. A stream of events is never silent so long. */
const WRITE_TIMEOUT_MS = 30_000;

/** Ends a response whose client takes nothing of it any more, and with it the stream that waits to be written. */
export function cutSilentReader(response: ServerResponse, timeoutMs = WRITE_TIMEOUT_MS): void {
  response.setTimeout(timeoutMs, () => response.destroy());
}
