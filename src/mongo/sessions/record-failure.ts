import type { TurnId } from '../../domain/ids.ts';
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
    const { sessionId, createdAt, attempt, ...end } = turn;
    await turns.upsert(id, {
      $setOnInsert: { ...ownerOf(session), sessionId, createdAt },
      $set: { ...end },
      $max: { attempt: wasAsked(turn) ? Math.max(attempt, 1) : attempt },
    });
  };
}

/** Whether the failure is the model's own, so that there was at least one attempt. */
function wasAsked({ error }: Pick<Turn, 'error'>): boolean {
  return error?.kind === 'provider_error' && error.details?.reason !== 'cancelled';
}

export function recordAttempt({ turns }: SessionCollections) {
  return async (tenant: Tenant, id: TurnId, attempt: number): Promise<void> => {
    if ((await findOwned(turns, tenant, id)) !== null) await turns.update(id, { $max: { attempt } });
  };
}
