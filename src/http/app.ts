import Koa from 'koa';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Dependencies } from './dependencies.ts';
import { accessLog } from './middleware/access-log.ts';
import { crossOrigin } from './middleware/cross-origin.ts';
import { errors } from './middleware/errors.ts';
import { requestMetrics } from './middleware/metrics.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { traceRequest } from './middleware/trace.ts';
import { openApiDocument } from './openapi.ts';
import { publicRoutes } from './operations.ts';
import type { RequestState } from './request-state.ts';
import { createRouter, unmatched } from './router.ts';
import { routes } from './routes.ts';

/** The API: its middleware in order, then the routes of the table. */
export function createApp(deps: Dependencies): Koa<RequestState> {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const open = publicRoutes(deps.health, metrics, () => document);
  const document = openApiDocument(routes, open);
  const router = createRouter(routes, open, deps);

  const app = new Koa<RequestState>({ proxy: deps.settings.trustProxy });
  app.use(requestId);
  app.use(traceRequest);
  app.use(accessLog(deps.logger));
  app.use(requestMetrics(metrics));
  app.use(securityHeaders);
  app.use(crossOrigin(deps.settings.corsOrigins));
  app.use(errors(deps.logger));
  app.use(router.routes());
  app.use(unmatched(router));
  // What breaks while a response is on its way: mostly clients that hang up.
  app.on('error', (error: unknown) => deps.logger.debug({ name: error instanceof Error ? error.name : typeof error }));
  return app;
}
