import Koa from 'koa';
import type { Registry } from 'prom-client';

/** The HTTP server of a process that has no API: `/healthz` while it lives, `/readyz` while it works, `/metrics`. */
export function createMetricsServer(register: Registry, works: () => boolean): Koa {
  const app = new Koa();
  app.use(async (ctx) => {
    switch (ctx.path) {
      case '/healthz':
        ctx.body = { status: 'ok' };
        return;
      case '/readyz':
        ctx.status = works() ? 200 : 503;
        ctx.body = { status: works() ? 'ok' : 'unavailable' };
        return;
      case '/metrics':
        ctx.type = register.contentType;
        ctx.body = await register.metrics();
        return;
    }
  });
  return app;
}
