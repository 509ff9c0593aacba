import type { Logger } from 'pino';
import type { Context, Next } from '../lib/request-state.ts';

/** One line a request: ids and numbers only, never a query, a body or a header. */
export function accessLog(logger: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const start = performance.now();
    await next();
    const { requestId, route, principal, sessionId } = ctx.state;
    logger.info(
      {
        request_id: requestId,
        method: ctx.method,
        route: route ?? 'unmatched',
        status: ctx.status,
        duration_ms: Math.round(performance.now() - start),
        ...(principal && { key_id: principal.keyId, project_id: principal.tenant.projectId }),
        ...(sessionId && { session_id: sessionId }),
      },
      'request',
    );
  };
}
