import type { Logger } from 'pino';
import { type Context, idsOf, type Next } from '../lib/request-state.ts';

/** One line a request: ids and numbers only, never a query, a body or a header. */
export function accessLog(logger: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const start = performance.now();
    await next();
    logger.info(
      {
        ...idsOf(ctx.state),
        method: ctx.method,
        route: ctx.state.route ?? 'unmatched',
        status: ctx.status,
        duration_ms: Math.round(performance.now() - start),
      },
      'request',
    );
  };
}
