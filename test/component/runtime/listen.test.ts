import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
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
  let working = 0;
  app.use(async (ctx) => {
    working++;
    if (ctx.path === '/slow') await gate.promise;
    ctx.body = 'done';
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, graceMs, ...(maxConnections && { maxConnections }) });
  return { server, finish: gate.resolve, working: () => working };
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
  test('that are idle make room for another one, the longest idle first', async () => {
    const { server } = await serving(0, 3);
    const { port } = new URL(server.url);
    const open = () => connect(Number(port), '127.0.0.1').on('error', () => undefined);
    const first = open();
    await once(first, 'connect');
    const second = open();
    await once(second, 'connect');
    const closed = once(first, 'close');
    expect(await (await fetch(`${server.url}/`)).text()).toBe('done');
    await closed;
    expect(second.destroyed).toBe(false);
    second.destroy();
    await server.close();
  });

  test('above the limit are closed unheard where none is idle', async () => {
    const { server, finish, working } = await serving(10_000, 2);
    const open = () => connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined);
    const busy = [];
    for (const count of [1, 2]) {
      const socket = open();
      socket.resume().write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
      busy.push(socket);
      await eventually(async () => working() === count);
    }
    expect(await text(open())).toBe('');
    expect(busy.map(({ destroyed }) => destroyed)).toEqual([false, false]);
    finish();
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
