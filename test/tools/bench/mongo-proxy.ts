import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import mongoose from 'mongoose';

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Of the driver itself, not of the service. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions']);

/** Passes MongoDB's protocol on and counts the commands by name and collection. */
export async function startMongoProxy(target: string) {
  const { hostname, port } = new URL(target);
  const counts = new Map<string, number>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    client.on(
      'data',
      messagesOf((message) => count(counts, message)),
    );
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => new Map(counts),
    close: () => server.close(),
  };
}

/** Cuts a stream of bytes into messages, each with its length in front. */
function messagesOf(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= HEADER_BYTES && held.length >= held.readInt32LE(0)) {
      take(held.subarray(0, held.readInt32LE(0)));
      held = held.subarray(held.readInt32LE(0));
    }
  };
}

function count(counts: Map<string, number>, message: Buffer): void {
  if (message.readInt32LE(12) !== OP_MSG) return;
  // After the header: flags, the kind of the first section, and the command's document.
  const [command, collection] =
    Object.entries(
      mongoose.mongo.BSON.deserialize(message.subarray(HEADER_BYTES + 5), { allowObjectSmallerThanBufferSize: true }),
    )[0] ?? [];
  if (command === undefined || HOUSEKEEPING.has(command)) return;
  const name = `${command} ${String(collection)}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
