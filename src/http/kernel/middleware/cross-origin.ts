import cors from '@koa/cors';
import type { Context, Next } from '../lib/request-state.ts';

const EXPOSED = [
  'Content-Disposition',
  'Idempotent-Replayed',
  'Location',
  'Preference-Applied',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
  'X-Workflow-Id',
];

/** Lets pages of these origins call the API with their own key. Other pages get no permission. */
export function crossOrigin(origins: readonly string[]) {
  const policy = cors({
    origin: (ctx) => ctx.get('Origin'),
    allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'Prefer', 'X-Request-Id'],
    exposeHeaders: EXPOSED,
    maxAge: 600,
  });
  return async (ctx: Context, next: Next): Promise<void> => {
    if (origins.length > 0) ctx.vary('Origin');
    await (origins.includes(ctx.get('Origin')) ? policy(ctx, next) : next());
  };
}
