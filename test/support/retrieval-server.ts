import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import { type PineconeIndexOptions, pineconeRoutes } from '../../src/retrieval-server/pinecone-routes.ts';

export interface PineconeSandbox {
  /** What a client of it needs. */
  settings: { apiKey: string; denseHost: string; sparseHost: string; inferenceHost: string };
  close(): Promise<void>;
}

/** Both indexes alone on a port: for tests, evaluation and benchmarks. */
export async function startPineconeSandbox(
  options: { dir: string; port?: number } & Pick<PineconeIndexOptions, 'beforeRequest' | 'visibleAfterMs'>,
): Promise<PineconeSandbox> {
  const { dir, port = 0, ...hooks } = options;
  const app = new Koa();
  app.silent = true;
  app.use(bodyParser());
  for (const kind of ['dense', 'sparse'] as const)
    app.use(
      pineconeRoutes({ kind, dir: join(dir, kind), ...hooks })
        .prefix(`/${kind}`)
        .routes(),
    );
  const server = createServer(app.callback()).listen(port, '127.0.0.1');
  // Longer than any search keeps the process busy, else a client sends on a connection that is about to be closed.
  server.keepAliveTimeout = 120_000;
  await once(server, 'listening');
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: {
      apiKey: 'any',
      denseHost: `${host}/dense`,
      sparseHost: `${host}/sparse`,
      inferenceHost: `${host}/dense`,
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
