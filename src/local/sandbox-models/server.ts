import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import type { Provider } from '../../domain/shared/provider.ts';
import { createRetrieval, type Retrieval, type RetrievalOptions } from '../../retrieval-server/create-retrieval.ts';
import { controlRoutes } from './control-routes.ts';
import { Faults } from './faults.ts';
import { modelRoutes } from './model-routes.ts';
import { anthropic } from './protocols/anthropic.ts';
import type { Protocol } from './protocols/chat-protocol.ts';
import { gemini } from './protocols/gemini.ts';
import { openai } from './protocols/openai.ts';
import { RecentRequests } from './recent-requests.ts';

export interface Sandbox {
  /** Without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/**
 * Local servers that speak the protocols of OpenAI (`/openai/v1`), Anthropic (`/anthropic`), Gemini (`/gemini`) and
 * Pinecone (`/pinecone/dense`, `/pinecone/sparse`), so that the real SDKs run without keys.
 *
 * @param options.port 0 for a free one.
 * @param options.dir where the index is kept; nothing else is.
 */
export async function createSandbox(
  options: { port: number } & Pick<RetrievalOptions, 'dir' | 'embedders'>,
): Promise<Sandbox> {
  const retrieval = createRetrieval({ ...options, dir: join(options.dir, 'pinecone') });
  const server = createServer(createApp(retrieval.routes).callback());
  // Longer than any search takes. Otherwise a client could send on a connection that is about to be closed.
  server.keepAliveTimeout = 120_000;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await retrieval.close();
    },
  };
}

/** A provider without a protocol here does not compile. */
const PROTOCOLS = { openai, claude: anthropic, gemini } satisfies Record<Provider, Protocol>;

function createApp(retrieval: Retrieval['routes']): Koa {
  const faults = new Faults();
  const recent = new RecentRequests();
  const health = new Router().get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  const app = new Koa();
  // A client that hangs up in the middle of a reply is no error of this server.
  app.silent = true;
  app.use(bodyParser({ jsonLimit: '64mb' }));
  app.use(health.routes());
  app.use(controlRoutes(faults, recent).routes());
  app.use(modelRoutes(Object.values(PROTOCOLS), faults, recent).routes());
  app.use(retrieval);
  return app;
}
