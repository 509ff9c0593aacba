import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Of the first section: a document, or a sequence of them under a name. */
const BODY = 0;

/** Which command is held, and when: before the server gets it, or after that, before the client gets its reply. */
export interface HeldCall {
  /** Such as `find`, `insert`, `update`, `delete`. */
  command: string;
  collection: string;
  until?: 'request' | 'reply';
  /** Whether the command's bytes, read as text, hold each of these: ids, in most cases. */
  about?: string | readonly string[];
}

export interface Hold {
  /** Resolves once such a call is held. */
  reached: Promise<void>;
  /** Lets it go on, or no longer waits for it. */
  release(): void;
}

export interface HoldingMongo {
  /** What a client of this side connects to; the path and the options of the target stay. */
  uri: string;
  /** Holds the next call of this kind. */
  hold(call: HeldCall): Hold;
  close(): Promise<void>;
}

interface Waiting extends HeldCall {
  reach(): void;
  released: Promise<void>;
}

/**
 * A proxy in front of MongoDB for one side of a race: it passes everything on, and holds the calls that a test names until
 * the test releases them. What comes after a held call on the same connection waits behind it.
 */
export async function holdingMongo(target: string): Promise<HoldingMongo> {
  const url = new URL(target);
  const { port, hostname } = url;
  const sockets = new Set<Socket>();
  const waiting = new Set<Waiting>();
  /** Calls whose reply is held, by the request's id. */
  const replies = new Map<string, Waiting>();
  let connections = 0;

  const server = createServer((client) => {
    const number = connections++;
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) sockets.add(socket.setNoDelay(true).on('error', () => {}));
    relay(client, upstream, async (message) => {
      const call = take(message);
      if (call === null) return;
      if (call.until === 'reply') return void replies.set(`${number}/${message.readInt32LE(4)}`, call);
      call.reach();
      await call.released;
    });
    relay(upstream, client, async (message) => {
      const call = replies.get(`${number}/${message.readInt32LE(8)}`);
      if (call === undefined) return;
      call.reach();
      await call.released;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function take(message: Buffer): Waiting | null {
    if (waiting.size === 0) return null;
    const named = commandOf(message);
    if (named === null) return null;
    for (const call of waiting) {
      if (call.command !== named.command || call.collection !== named.collection) continue;
      if ([call.about ?? []].flat().some((text) => !message.includes(text))) continue;
      waiting.delete(call);
      return call;
    }
    return null;
  }

  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    uri: url.href,
    hold(call) {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const held = { ...call, reach: reached.resolve, released: released.promise };
      waiting.add(held);
      const release = () => {
        waiting.delete(held);
        released.resolve();
      };
      return { reached: reached.promise, release };
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Passes whole messages on, in their order, each once `before` has settled. */
function relay(from: Socket, to: Socket, before: (message: Buffer) => Promise<void>): void {
  let held: Buffer = Buffer.alloc(0);
  let sent: Promise<void> = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= HEADER_BYTES && held.length >= held.readInt32LE(0)) {
      const message = held.subarray(0, held.readInt32LE(0));
      held = held.subarray(message.length);
      sent = sent.then(async () => {
        await before(message);
        to.write(message);
      });
    }
  });
  from.on('close', () => to.destroy());
}

/** The name and the collection of a command: the first field of its document. */
function commandOf(message: Buffer): { command: string; collection: string } | null {
  if (message.readInt32LE(12) !== OP_MSG || message[HEADER_BYTES + 4] !== BODY) return null;
  const [first] = Object.entries(
    mongoose.mongo.BSON.deserialize(message.subarray(HEADER_BYTES + 5), { allowObjectSmallerThanBufferSize: true }),
  );
  return first === undefined ? null : { command: first[0], collection: String(first[1]) };
}
