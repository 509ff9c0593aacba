import type { Clock } from '../src/ports/clock.ts';
import type { IdempotencyStore } from '../src/ports/idempotency-store.ts';

/** Removes what has outlived its time on servers that do not expire documents by themselves. @returns how many. */
export function removeExpired({ idempotency, clock }: { idempotency: IdempotencyStore; clock: Clock }) {
  return (): Promise<number> => idempotency.removeExpired(clock.now());
}
