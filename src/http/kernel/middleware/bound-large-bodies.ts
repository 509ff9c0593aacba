import { AskError } from '../../../domain/shared/errors.ts';
import type { Context, Next } from '../lib/request-state.ts';

/** Above this a body counts as large. */
const LARGE_BYTES = 1024 * 1024;

/**
 * Lets at most `max` large bodies be in memory at once, for each is held whole until it is stored.
 * @throws AskError `queue_full`
 */
export function boundLargeBodies(max: number) {
  let inFlight = 0;
  return async (ctx: Context, next: Next): Promise<void> => {
    // A body without an announced length may be of any size.
    if (Number(ctx.req.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= LARGE_BYTES)
      return void (await next());
    if (inFlight >= max) {
      throw new AskError('queue_full', 'Too many large imports run at once. Wait as long as Retry-After says.', {
        retryAfterMs: 2000,
      });
    }
    inFlight++;
    try {
      await next();
    } finally {
      inFlight--;
    }
  };
}
