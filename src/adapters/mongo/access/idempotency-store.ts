import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { z } from 'zod';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { IdempotencyStore } from '../../../ports/access/idempotency-store.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { storedClaim } from '../collections/access-documents.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** An expired claim is kept for as long as one that succeeded it, and this much longer. */
const MARGIN_MS = 60 * 60 * 1000;

type StoredClaim = z.infer<typeof storedClaim>;

/**
 * Claims of keys. The first claim of a key has an id that follows from the key alone, and the claim that succeeds an
 * expired one an id that follows from that one: whoever opens a claim makes one insert, and the first write wins. No id
 * holds a day or an hour, so two requests on both sides of midnight meet.
 */
export function idempotencyStore(connection: Connection, clock: Clock): IdempotencyStore {
  const claims = openCollection(connection, COLLECTIONS.idempotency);

  /** The open claim of a name; made here where there is none. */
  async function openClaim(name: string, fingerprint: string): Promise<{ claim: StoredClaim; isNew: boolean }> {
    const now = clock.now();
    const expired: StoredClaim[] = [];
    for (let id = name; ; ) {
      const claim = (await claims.get(id)) ?? (await tryToOpen(id, fingerprint, now, expired));
      if (claim === 'lost') return openClaim(name, fingerprint);
      if ('made' in claim) return { claim: claim.made, isNew: true };
      if (claim.startedAt.getTime() + LIFETIME_MS > now.getTime()) return { claim, isNew: false };
      expired.push(claim);
      id = `${name}/${claim.seed}`;
    }
  }

  /** @returns `lost` when somebody else opened it, or when the expired claim before it was removed meanwhile. */
  async function tryToOpen(_id: string, fingerprint: string, now: Date, expired: readonly StoredClaim[]) {
    const made: StoredClaim = {
      _id,
      fingerprint,
      seed: randomBytes(16).toString('hex'),
      completed: false,
      startedAt: now,
      expireAt: new Date(now.getTime() + LIFETIME_MS),
    };
    // Without the claims before it this one would not be found.
    const keptUntil = new Date(made.expireAt.getTime() + MARGIN_MS);
    for (const { _id: before } of expired) await claims.update(before, { $max: { expireAt: keptUntil } });
    const isNew = await claims.insert(made);
    const before = expired.at(-1);
    const isReachable = before === undefined || (await claims.get(before._id))?.seed === before.seed;
    if (isNew && isReachable) return { made };
    if (isNew) await claims.remove({ _id, seed: made.seed });
    return 'lost' as const;
  }

  return {
    async claim(tenant, key, fingerprint) {
      const { claim, isNew } = await openClaim(nameOf(tenant, key), fingerprint);
      if (claim.fingerprint !== fingerprint) throw keyReused();
      return { id: claim._id, seed: claim.seed, completed: claim.completed, replayed: !isNew };
    },
    async complete(id) {
      await claims.update(id, { $set: { completed: true } });
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
