import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hold } from './holding-mongo.ts';

export interface HoldingIndex {
  /** What a client of this side connects to. */
  url: string;
  /** Holds the next request whose method and path hold this text, before the index gets it. */
  hold(text: string): Hold;
  /** How long each request of this kind takes more, in ms, from now on. */
  slow(text: string, ms: number): void;
  close(): void;
}

/** A proxy in front of an HTTP service, such as the index: it holds the requests that a test names. */
export async function holdingIndex(target: string): Promise<HoldingIndex> {
  const holds: { text: string; reach: () => void; released: Promise<void> }[] = [];
  let slow: { text: string; ms: number } | null = null;

  const server = createServer(async (incoming, outgoing) => {
    const name = `${incoming.method} ${incoming.url}`;
    const place = holds.findIndex(({ text }) => name.includes(text));
    if (place >= 0) {
      const [held] = holds.splice(place, 1);
      held?.reach();
      await held?.released;
    }
    if (slow !== null && name.includes(slow.text)) await sleep(slow.ms);
    pass(target, incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(text) {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      holds.push({ text, reach: reached.resolve, released: released.promise });
      return { reached: reached.promise, release: released.resolve };
    },
    slow: (text, ms) => {
      slow = { text, ms };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming;
  const passed = request(target + incoming.url, { method, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
}
