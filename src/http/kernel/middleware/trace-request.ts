import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Next } from '../lib/request-state.ts';

/**
 * A span for each request of the API, in the caller's trace if it names one. It has the route, never a path, query,
 * header or body. Does nothing when no traces are sent.
 */
export async function traceRequest(ctx: Context, next: Next): Promise<void> {
  // Probes and pages are not worth a trace.
  if (!ctx.path.startsWith('/v1/')) return void (await next());
  const caller = propagation.extract(context.active(), ctx.headers);
  const tracer = trace.getTracer('ask-api');
  await tracer.startActiveSpan(ctx.method, { kind: SpanKind.SERVER }, caller, async (span) => {
    await next();
    const { requestId, route = 'unmatched', sessionId } = ctx.state;
    span.updateName(`${ctx.method} ${route}`);
    span.setAttributes({
      'http.request.method': ctx.method,
      'http.route': route,
      'http.response.status_code': ctx.status,
      'ask.request_id': requestId,
      ...(sessionId === undefined ? {} : { 'ask.session_id': sessionId }),
    });
    if (ctx.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}
