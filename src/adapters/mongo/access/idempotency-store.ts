import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { IdempotencyStore } from '../../../ports/access/idempotency-store.ts';
import type { Clock } from '../../../ports/clock.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';
import { claimWindow, openWindow } from './claim-window.ts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;

export function idempotencyStore(connection: Connection, clock: Clock): IdempotencyStore {
  const claims = openCollection(connection, COLLECTIONS.idempotency);
  const at = (tenant: Tenant, key: string) => ({
    name: nameOf(tenant, key),
    now: clock.now(),
    lengthMs: LIFETIME_MS,
  });

  return {
    async claim(tenant, key, fingerprint) {
      const place = at(tenant, key);
      const { window, opened } = await claimWindow(claims, place, (_id) => ({
        _id,
        fingerprint,
        seed: randomBytes(16).toString('hex'),
        completed: false,
        startedAt: place.now,
        expireAt: new Date(place.now.getTime() + LIFETIME_MS),
      }));
      if (window.fingerprint !== fingerprint) throw keyReused();
      return { seed: window.seed, completed: window.completed, replayed: !opened };
    },
    async complete(tenant, key) {
      const claim = await openWindow(claims, at(tenant, key));
      if (claim !== null) await claims.update(claim._id, { $set: { completed: true } });
    },
    removeExpired: (now) => claims.remove({ expireAt: { $lte: now } }),
  };
}

/** Keys of different end users never meet: one must not be told what another one did. */
function nameOf({ projectId, mode, endUserId }: Tenant, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([projectId, mode, endUserId, key]))
    .digest('hex');
}

function keyReused(): AskError {
  return new AskError(
    'idempotency_key_reused',
    'This Idempotency-Key was used for a different request. Use a new key, or send the same request again.',
  );
}
