import Router from '@koa/router';
import { type Faults, faultSchema } from './faults.ts';
import type { RecentRequests } from './recent-requests.ts';

/** Routes for tests: they set faults, and read what reached the models. */
export function controlRoutes(faults: Faults, recent: RecentRequests): Router {
  const router = new Router({ prefix: '/sandbox' });
  router.post('/faults', (ctx) => {
    const fault = faultSchema.safeParse(ctx.request.body);
    if (fault.success) faults.add(fault.data);
    ctx.status = fault.success ? 204 : 400;
    if (fault.error) ctx.body = { error: fault.error.issues };
  });
  router.delete('/faults', (ctx) => {
    faults.clear();
    ctx.status = 204;
  });
  router.get('/requests', (ctx) => {
    ctx.body = recent.list();
  });
  router.delete('/requests', (ctx) => {
    recent.clear();
    ctx.status = 204;
  });
  return router;
}
