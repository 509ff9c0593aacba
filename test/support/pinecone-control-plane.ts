import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { z } from 'zod';

/** What a client asks for when it makes an index with integrated inference. */
const creation = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,45}$/),
  cloud: z.string(),
  region: z.string(),
  embed: z.strictObject({ model: z.string(), metric: z.string(), field_map: z.record(z.string(), z.string()) }),
});

export interface ControlPlane {
  url: string;
  /** Every index that was asked for, in order. */
  created: z.infer<typeof creation>[];
  close(): Promise<void>;
}

/** A server that speaks Pinecone's control-plane protocol of the version that the SDK asks for. */
export async function startControlPlane(key: string): Promise<ControlPlane> {
  const indexes = new Map<string, z.infer<typeof creation>>();
  const created: z.infer<typeof creation>[] = [];
  const router = new Router();
  router.get('/indexes/:name', (ctx) => {
    const found = indexes.get(ctx.params.name ?? '');
    if (found === undefined) return refuse(ctx, 404, 'NOT_FOUND');
    ctx.body = modelOf(found);
  });
  router.post('/indexes/create-for-model', (ctx) => {
    const asked = creation.parse(ctx.request.body);
    if (indexes.has(asked.name)) return refuse(ctx, 409, 'ALREADY_EXISTS');
    indexes.set(asked.name, asked);
    created.push(asked);
    ctx.status = 201;
    ctx.body = modelOf(asked);
  });
  const app = new Koa();
  app.use(bodyParser());
  app.use(async (ctx, next) => (ctx.get('Api-Key') === key ? next() : refuse(ctx, 401, 'UNAUTHENTICATED')));
  app.use(router.routes());
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuse(ctx: Koa.Context, status: number, code: string): void {
  ctx.status = status;
  ctx.body = { status, error: { code, message: `refused: ${code}` } };
}

function modelOf({ name, cloud, region, embed: { model, metric, field_map } }: z.infer<typeof creation>) {
  const fields = Object.values(field_map).map((field) => [field, { type: 'semantic_text', model, metric }]);
  return {
    ...{ name, host: `${name}-abc.svc.pinecone.io`, deletion_protection: 'disabled' },
    status: { ready: true, state: 'Ready' },
    deployment: { deployment_type: 'managed', cloud, region },
    schema: { fields: Object.fromEntries(fields) },
  };
}
