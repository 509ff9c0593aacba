import type { IdempotencyStore } from '../../src/ports/access/idempotency-store.ts';
import type { TurnFeed } from '../../src/ports/ask/turn-feed.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Removes expired documents, for servers that do not expire them by themselves. @returns how many. */
export function removeExpired(deps: { idempotency: IdempotencyStore; feed: TurnFeed; clock: Clock }) {
  return async (): Promise<number> => {
    const now = deps.clock.now();
    const removed = await Promise.all([deps.idempotency.removeExpired(now), deps.feed.removeExpired(now)]);
    return removed.reduce((sum, count) => sum + count, 0);
  };
}
