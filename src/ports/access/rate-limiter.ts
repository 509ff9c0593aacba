import type { Tenant } from '../../domain/access/tenant.ts';

/** What is left of a project's requests in this minute. */
export interface RateLimit {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetAt: Date;
  /** How long to wait before the next request; 0 when this one is allowed. */
  retryAfterMs: number;
}

/** Requests a minute for a project and mode, counted over all API processes. */
export interface RateLimiter {
  /** Counts one request. A refused one does not count. */
  consume(tenant: Tenant, limit: number): Promise<RateLimit>;
}
