import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Koa from 'koa';
import type { RequestState } from '../../../src/http/kernel/lib/request-state.ts';
import { listen } from '../../../src/runtime/servers/listen.ts';

/** The server alone, over an app that answers when it is told to. */
async function serving(graceMs: number) {
  const gate = Promise.withResolvers<void>();
  const app = new Koa<RequestState>();
  app.use(async (ctx) => {
    if (ctx.path === '/slow') await gate.promise;
    ctx.body = 'done';
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, graceMs });
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
