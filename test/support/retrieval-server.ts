import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import {
  createRetrieval,
  type RetrievalOptions,
  type RetrievalStatus,
} from '../../src/retrieval-server/create-retrieval.ts';
import { testEmbedders } from './test-embedders.ts';

export interface PineconeSandbox {
  /** As `RETRIEVAL_URL` takes it. */
  url: string;
  /** What a client of it needs. */
  settings: { apiKey: string; denseHost: string; sparseHost: string; inferenceHost: string };
  status(): RetrievalStatus;
  close(): Promise<void>;
}

/** Both indexes alone on a port, with the real model where it can be had: for tests, evaluation and benchmarks. */
export async function startPineconeSandbox(
  options: { dir: string; port?: number } & Partial<RetrievalOptions>,
): Promise<PineconeSandbox> {
  const { dir, port = 0, embedders = await testEmbedders(), ...hooks } = options;
  const retrieval = createRetrieval({ dir, embedders, ...hooks });
  const app = new Koa();
  app.silent = true;
  app.use(bodyParser());
  app.use(retrieval.routes);
  const server = createServer(app.callback()).listen(port, '127.0.0.1');
  // Longer than any search keeps the process busy, else a client sends on a connection that is about to be closed.
  server.keepAliveTimeout = 120_000;
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host = `${url}/pinecone`;
  return {
    url,
    settings: {
      apiKey: 'any',
      denseHost: `${host}/dense`,
      sparseHost: `${host}/sparse`,
      inferenceHost: `${host}/dense`,
    },
    status: retrieval.status,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await retrieval.close();
    },
  };
}
