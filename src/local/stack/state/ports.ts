import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
/**
 * These lie below the ports that systems hand out, also to outgoing connections, because such a port could be taken before
 * it is used. They also lie below MongoDB's.
 */
const FIRST = 20_000;
const COUNT = 7_000;

/** Each process begins at a random port, so that two processes that choose at the same time choose different ones. */
let offset = randomInt(COUNT);

/** A TCP port of the loopback interface that nobody listens on, and that this process has not chosen before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    offset = (offset + 1) % COUNT;
    const port = FIRST + offset;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${FIRST} to ${FIRST + COUNT - 1} is free. Close what listens there.`);
}

/** Whether the port can be bound, which it is for a moment. */
export function isFree(port: number, host: string = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
