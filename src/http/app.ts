import Koa from 'koa';
import type { Registry } from 'prom-client';
import { createTurnReaders } from './ask/stream/turn-readers.ts';
import type { Dependencies } from './kernel/lib/dependencies.ts';
import type { RequestState } from './kernel/lib/request-state.ts';
import { accessLog } from './kernel/middleware/access-log.ts';
import { crossOrigin } from './kernel/middleware/cross-origin.ts';
import { errorReplies } from './kernel/middleware/error-replies.ts';
import { requestId } from './kernel/middleware/request-id.ts';
import { requestMetrics } from './kernel/middleware/request-metrics.ts';
import { securityHeaders } from './kernel/middleware/security-headers.ts';
import { traceRequest } from './kernel/middleware/trace-request.ts';
import { openApiDocument } from './kernel/openapi.ts';
import { createRouter, rejectUnmatched } from './kernel/router.ts';
import { createPageReader } from './library/lib/page-reader.ts';
import { routes } from './routes.ts';
import { publicRoutes } from './site/public-routes.ts';

/**
 * The API: its middleware in order, then the routes of the table.
 * @param metrics where it adds its own, and what `/metrics` shows
 */
export function createApp(
  metrics: Registry,
  parts: Omit<Dependencies, 'subscribeToTurn' | 'pageReader'>,
): Koa<RequestState> {
  const deps = { ...parts, subscribeToTurn: createTurnReaders(parts), pageReader: createPageReader(parts) };
  const open = publicRoutes(deps, metrics, () => document);
  const document = openApiDocument(routes, open);
  const router = createRouter(routes, open, deps);

  const app = new Koa<RequestState>({ proxy: deps.settings.trustProxy });
  app.use(requestId);
  app.use(traceRequest);
  app.use(accessLog(deps.logger));
  app.use(requestMetrics(metrics));
  app.use(securityHeaders);
  app.use(crossOrigin(deps.settings.corsOrigins));
  app.use(errorReplies(deps.logger));
  app.use(router.routes());
  app.use(rejectUnmatched(router));
  // What breaks while a response is on its way: mostly clients that hang up.
  app.on('error', (error: unknown) => deps.logger.debug({ name: error instanceof Error ? error.name : typeof error }));
  return app;
}
