import type { Tenant } from '../../domain/tenant.ts';
import type { Turn } from '../../domain/turn.ts';
import { findOwned, ownerOf } from '../owned.ts';
import type { SessionCollections } from './collections.ts';

/** A turn that was answered stays so, and the turn of a deleted session is not stored again. */
export function recordFailure({ sessions, turns }: SessionCollections) {
  return async (tenant: Tenant, { id, ...turn }: Turn): Promise<void> => {
    const [session, stored] = await Promise.all([
      findOwned(sessions, tenant, turn.sessionId),
      findOwned(turns, tenant, id),
    ]);
    if (session === null || stored?.status === 'completed') return;
    const { sessionId, createdAt, ...end } = turn;
    await turns.upsert(id, { $setOnInsert: { ...ownerOf(session), sessionId, createdAt }, $set: { ...end } });
  };
}
