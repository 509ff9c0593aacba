import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
/**
 * Below the ports that systems give to whoever asks for any, outgoing connections among them, which may take one before it
 * is used; and below MongoDB's.
 */
const FIRST = 20_000;
const COUNT = 7_000;

/** Each process begins somewhere else and goes on from there, so that two that choose at once choose differently. */
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
