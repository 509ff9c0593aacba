import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Koa from 'koa';
import type { RequestState } from '../../../src/http/kernel/lib/request-state.ts';
import { listen } from '../../../src/runtime/servers/listen.ts';
import { eventually } from '../../support/eventually.ts';

/** The server alone, over an app that answers when it is told to. */
async function serving(graceMs: number, maxConnections?: number) {
  const gate = Promise.withResolvers<void>();
  const app = new Koa<RequestState>();
  app.use(async (ctx) => {
    if (ctx.path === '/slow') await gate.promise;
    ctx.body = 'done';
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, graceMs, ...(maxConnections && { maxConnections }) });
  return { server, finish: gate.resolve };
}

describe('closing the server', () => {
  test('lets a request in flight end and takes no new one', async () => {
    const { server, finish } = await serving(10_000);
    const slow = fetch(`${server.url}/slow`);
    await sleep(50);
    const closed = server.close();
    await expect(fetch(`${server.url}/`)).rejects.toThrow();
    finish();
    expect(await (await slow).text()).toBe('done');
    await closed;
  });

  test('cuts what does not end within the grace', async () => {
    const { server } = await serving(100);
    const slow = fetch(`${server.url}/slow`);
    slow.catch(() => undefined);
    await sleep(50);
    await server.close();
    await expect(slow).rejects.toThrow();
  });

  test('is not held up by idle connections', async () => {
    const { server } = await serving(10_000);
    await (await fetch(`${server.url}/`)).text();
    await server.close();
  });
});

/** Everything that the server says over one connection. */
async function talk(url: string, said: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(said);
  return text(socket);
}

describe('connections', () => {
  test('above the limit are closed unheard, and one that ends makes room', async () => {
    const { server } = await serving(0, 2);
    const { port } = new URL(server.url);
    const silent = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    const dropped = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    await once(dropped, 'close');
    const [first] = silent;
    const closed = once(first as Socket, 'close');
    first?.destroy();
    await closed;
    await eventually(() =>
      fetch(`${server.url}/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    silent[1]?.destroy();
    await server.close();
  });

  test('with a request that names two hosts get a 400, not one of the hosts', async () => {
    const { server } = await serving(0);
    const one = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n';
    expect(await talk(server.url, `${one}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await talk(server.url, `${one}host: b\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 .*"invalid_request"/s);
    await server.close();
  });
});

describe('opening the server', () => {
  test('fails when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await sleep(10);
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(listen(new Koa<RequestState>(), { host: '127.0.0.1', port, graceMs: 0 })).rejects.toThrow(
      'EADDRINUSE',
    );
    other.close();
  });
});
