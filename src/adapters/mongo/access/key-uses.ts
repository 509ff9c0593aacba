import type { Connection } from 'mongoose';
import type { Clock } from '../../../ports/clock.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

const ONCE_EVERY_MS = 60_000;

/**
 * When each key was last used. Apart from the keys, because a note of use that met a revocation in one document could
 * undo it where an update rewrites the document (`ferretdb.ts`).
 */
export function keyUses(connection: Connection, clock: Clock, onLost: (error: unknown) => void) {
  const uses = openCollection(connection, COLLECTIONS.keyUses);
  const noted = new Map<string, number>();
  return {
    /** At most once a minute, and never in the request's way. */
    note(hash: string): void {
      const now = clock.now();
      if (now.getTime() - (noted.get(hash) ?? Number.NEGATIVE_INFINITY) < ONCE_EVERY_MS) return;
      noted.set(hash, now.getTime());
      uses.upsert(hash, { $max: { lastUsedAt: now.toISOString() } }).catch(onLost);
    },
    async lastOf(hash: string): Promise<string | null> {
      return (await uses.get(hash))?.lastUsedAt ?? null;
    },
  };
}
