import type { Connection } from 'mongoose';
import type { Tenant } from '../../../domain/access/tenant.ts';
import type { RateLimit, RateLimiter } from '../../../ports/access/rate-limiter.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { StoredRateSlot } from '../collections/access-documents.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';
import { claimWindow } from './claim-window.ts';

const MINUTE_MS = 60_000;
/** After this many slots in a row that others took, it is cheaper to ask for the last taken one than to try the next. */
const MISSES_BEFORE_LOOKING = 8;

interface Window {
  id: string;
  resetAt: Date;
  /** The slots that are known to be taken, by this process or another. */
  taken: number;
  /** The last slot that was taken when this process last looked. */
  seen: number;
  /** Slots in a row beyond that one that others had taken. */
  missed: number;
  /** The look-up that is running: one for all who wait, because it may read every slot (`ferretdb.ts`). */
  looking: Promise<void> | null;
}

const UNSEEN = { taken: 0, seen: 0, missed: 0, looking: null };

/**
 * Each request takes one of the minute's numbered slots by inserting it. An insert is atomic on every server; a counter
 * is not (`ferretdb.ts`): of 20 at once it counted 6, so rate-limiter-flexible's MongoDB limiter lets bursts through there.
 */
export function mongoRateLimiter(
  connection: Connection,
  { clock, onBackgroundError }: { clock: Clock; onBackgroundError: (error: unknown) => void },
): RateLimiter {
  const slots = openCollection(connection, COLLECTIONS.rateSlots);
  const windows = new Map<string, Promise<Window>>();
  let removedAt = Number.NEGATIVE_INFINITY;

  async function openWindow(name: string, now: Date): Promise<Window> {
    const { window, opened } = await claimWindow(slots, { name, now, lengthMs: MINUTE_MS }, (_id, startedAt) => ({
      _id,
      window: _id,
      ...lifetime(now),
      startedAt,
      slot: 0,
    }));
    if (opened) removePast(now);
    return { id: window._id, resetAt: new Date(window.startedAt.getTime() + MINUTE_MS), ...UNSEEN };
  }

  /** For servers that do not expire documents. Those of all projects at once, and once a minute, because it reads every slot. */
  function removePast(now: Date): void {
    if (now.getTime() - removedAt < MINUTE_MS) return;
    removedAt = now.getTime();
    slots.remove({ expireAt: { $lte: now } }).catch(onBackgroundError);
  }

  async function currentWindow(name: string, now: Date): Promise<Window> {
    const known = windows.get(name);
    if (known !== undefined && (await known).resetAt > now) return known;
    // Another call may have replaced it while this one waited.
    const existing = windows.get(name);
    if (existing !== undefined && existing !== known) return existing;
    const opening = openWindow(name, now);
    windows.set(name, opening);
    opening.catch(() => windows.delete(name));
    return opening;
  }

  /** @returns whether one of the first `limit` slots was free. */
  async function takeSlot(window: Window, now: Date, limit: number): Promise<boolean> {
    while (window.taken < limit) {
      const number = ++window.taken;
      const made: StoredRateSlot = { _id: `${window.id}/${number}`, window: window.id, ...lifetime(now), slot: number };
      if (await slots.insert(made)) {
        window.missed = 0;
        return true;
      }
      if (number > window.seen && ++window.missed >= MISSES_BEFORE_LOOKING) window.looking ??= lookAhead(window);
      await window.looking;
    }
    return false;
  }

  async function lookAhead(window: Window): Promise<void> {
    try {
      const [last] = await slots.list({ window: window.id }, { sort: { slot: -1 }, limit: 1 });
      window.seen = last?.slot ?? 0;
      window.taken = Math.max(window.taken, window.seen);
    } finally {
      window.missed = 0;
      window.looking = null;
    }
  }

  return {
    async consume(tenant, limit): Promise<RateLimit> {
      const now = clock.now();
      const window = await currentWindow(nameOf(tenant), now);
      const allowed = await takeSlot(window, now, limit);
      return {
        allowed,
        limit,
        remaining: Math.max(limit - window.taken, 0),
        resetAt: window.resetAt,
        retryAfterMs: allowed ? 0 : Math.max(window.resetAt.getTime() - now.getTime(), 0),
      };
    },
  };
}

function nameOf({ projectId, mode }: Tenant): string {
  return `${projectId}/${mode}`;
}

function lifetime(now: Date) {
  // Twice the minute, because a window may be read in the minute after the one in which it began.
  return { startedAt: now, expireAt: new Date(now.getTime() + 2 * MINUTE_MS) };
}
