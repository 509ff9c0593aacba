import { once } from 'node:events';
import { readSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type ArrivedBody, type BodyBounds, takeBody } from '../../../../src/http/kernel/bodies/arrived-body.ts';

/** A server that takes one body and says what became of it. */
async function taking(bounds: Partial<BodyBounds> = {}) {
  const events: string[] = [];
  const arrived = Promise.withResolvers<ArrivedBody>();
  arrived.promise.catch(() => undefined);
  const server = createServer(async (request, response) => {
    const options = {
      ...{ maxBytes: 1_000_000, memoryBytes: 1_000, onChunk: () => undefined },
      onLarge: () => {
        events.push('large');
        return () => void events.push('gone');
      },
      ...bounds,
    };
    await takeBody(request, options).then(arrived.resolve, arrived.reject);
    response.end('done');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/`, port, arrived: arrived.promise, events, stop };
}

test('a small body stays in memory', async () => {
  const { url, arrived, events, stop } = await taking();
  await (await fetch(url, { method: 'POST', body: 'hello' })).text();
  expect((await arrived).source).toEqual({ bytes: Buffer.from('hello') });
  expect(events).toEqual([]);
  stop();
});

test('a large one is in a file, whole, until it is closed', async () => {
  const { url, arrived, events, stop } = await taking();
  const sent = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251));
  await (await fetch(url, { method: 'POST', body: sent })).text();
  const { source, close } = await arrived;
  if (!('fd' in source)) throw new Error('It is in memory.');
  const read = Buffer.alloc(source.size);
  readSync(source.fd, read, 0, source.size, 0);
  expect(read.equals(sent)).toBe(true);
  expect(events).toEqual(['large']);
  await close();
  expect(events).toEqual(['large', 'gone']);
  stop();
});

test('chunks of a large one are freed when they are in the file', async () => {
  const chunks: Buffer[] = [];
  const { url, arrived, stop } = await taking({ onChunk: (chunk) => chunks.push(chunk) });
  await (await fetch(url, { method: 'POST', body: Buffer.alloc(200_000) })).text();
  await (await arrived).close();
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.filter(({ byteLength }) => byteLength > 0)).toEqual([]);
  stop();
});

test('one that passes the limit gives back what it took', async () => {
  const { url, arrived, events, stop } = await taking({ maxBytes: 100_000 });
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(Buffer.alloc(20_000)),
  });
  await fetch(url, { method: 'POST', body, duplex: 'half' }).catch(() => undefined);
  await expect(arrived).rejects.toMatchObject({ kind: 'payload_too_large' });
  expect(events).toEqual(['large', 'gone']);
  stop();
});

test('one that comes too slowly is refused, also when nothing comes at all', async () => {
  const { port, arrived, stop } = await taking({ pace: { bytesPerSecond: 1_000_000, graceMs: 50 } });
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nslowly');
  await expect(arrived).rejects.toMatchObject({ kind: 'invalid_request', details: { field: 'body' } });
  socket.destroy();
  stop();
});
