import { createHash, randomBytes } from 'node:crypto';
import { idFromBytes } from '../domain/shared/ids.ts';
import type { Clock, Ids } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => new Date() };

const TIME_BYTES = 6;
const ENTROPY_BYTES = 10;

/** Ids that sort by the millisecond of their making. */
export function freshIds(clock: Clock): Ids {
  return {
    next(prefix) {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeUIntBE(clock.now().getTime(), 0, TIME_BYTES);
      return idFromBytes(prefix, Buffer.concat([time, randomBytes(ENTROPY_BYTES)]));
    },
  };
}

/** The same ids again for the same seed, as long as they are asked for in the same order. */
export function derivedIds(seed: string): Ids {
  let count = 0;
  return {
    next(prefix) {
      const digest = createHash('sha256').update(`${seed}/${prefix}/${count++}`).digest();
      return idFromBytes(prefix, digest.subarray(0, TIME_BYTES + ENTROPY_BYTES));
    },
  };
}
