import type { Tenant } from '../../../domain/access/tenant.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { RateLimiter } from '../../../ports/access/rate-limiter.ts';
import type { Context } from '../lib/request-state.ts';

/** Counts the request and returns the state of the project's limit. @throws AskError `rate_limit_exceeded` above the limit. */
export async function limitRate(ctx: Context, limiter: RateLimiter, tenant: Tenant, perMinute: number): Promise<void> {
  const state = await limiter.consume(tenant, perMinute);
  ctx.set('X-RateLimit-Limit', String(state.limit));
  ctx.set('X-RateLimit-Remaining', String(state.remaining));
  ctx.set('X-RateLimit-Reset', String(Math.ceil(state.resetAt.getTime() / 1000)));
  if (state.allowed) return;
  throw new AskError(
    'rate_limit_exceeded',
    `More than ${state.limit} requests in a minute. Wait as long as Retry-After says.`,
    { retryAfterMs: state.retryAfterMs },
  );
}
