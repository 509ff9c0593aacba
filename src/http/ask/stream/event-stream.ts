import { Readable } from 'node:stream';
import type { TurnEvent } from '../../../ports/ask/turn-subscription.ts';
import { EVENT_STREAM } from '../../kernel/lib/event-stream-type.ts';

/** Proxies cut idle connections. */
const QUIET_MS = 15_000;

/** No proxy on the way may cache or buffer the events. */
const HEADERS = {
  'Content-Type': `${EVENT_STREAM}; charset=utf-8`,
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** The events as server-sent events, numbered from 1, from the one after `lastEventId` on. */
export function eventStream(events: AsyncIterable<TurnEvent | null>, lastEventId: number) {
  return { status: 200 as const, body: Readable.from(writeEvents(events, lastEventId)), headers: HEADERS };
}

async function* writeEvents(events: AsyncIterable<TurnEvent | null>, lastEventId: number): AsyncGenerator<string> {
  let id = 0;
  let wroteAt = performance.now();
  for await (const event of events) {
    if (event !== null && ++id <= lastEventId) continue;
    if (event === null && performance.now() - wroteAt < QUIET_MS) continue;
    wroteAt = performance.now();
    yield event === null
      ? ': still on it\n\n'
      : `id: ${id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
  }
}
