import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { cutSilentReader } from '../../../../src/http/kernel/streams/cut-silent-reader.ts';

/** More than the buffers of both sides hold. */
const PARTS = 400;
const part = 'x'.repeat(64 * 1024);

/** A server whose answer is written while it is read; `closed` resolves once the stream behind it has ended, with how far it came. */
async function streaming() {
  const closed = Promise.withResolvers<number>();
  const server = createServer((_request, response) => {
    let written = 0;
    const body = Readable.from(
      (async function* () {
        for (; written < PARTS; written++) yield part;
      })(),
    );
    response.once('close', () => {
      body.destroy();
      closed.resolve(written);
    });
    cutSilentReader(response, 200);
    body.pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, closed: closed.promise };
}

test('a client that takes nothing is cut off, and what it would have been sent is given up', async () => {
  const { server, port, closed } = await streaming();
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await closed).toBeLessThan(PARTS);
  socket.destroy();
  server.close();
}, 30_000);

test('a client that reads gets all of it', async () => {
  const { server, port, closed } = await streaming();
  const body = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  expect([body.length, await closed]).toEqual([PARTS * part.length, PARTS]);
  server.closeAllConnections();
  server.close();
}, 30_000);
