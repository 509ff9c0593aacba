import type { Id, IdPrefix } from '../domain/shared/ids.ts';

export interface Clock {
  now(): Date;
}

/** Fresh ids; under an `Idempotency-Key` the same request gets the same ones again. */
export interface Ids {
  next<P extends IdPrefix>(prefix: P): Id<P>;
}
