import { Histogram, type Registry } from 'prom-client';
import type { Context, Next } from '../lib/request-state.ts';

/** Counts and times requests by route template, so that no id becomes a label. */
export function requestMetrics(register: Registry) {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by method, route and status; the count is the number of requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    registers: [register],
  });
  return async (ctx: Context, next: Next): Promise<void> => {
    const start = performance.now();
    await next();
    const labels = { method: ctx.method, route: ctx.state.route ?? 'unmatched', status: ctx.status };
    duration.observe(labels, (performance.now() - start) / 1000);
  };
}
