import { notFound } from '../../../../domain/shared/errors.ts';
import { FEED_LIFETIME_MS, type TurnFeed, type TurnRef } from '../../../../ports/ask/turn-feed.ts';
import type { Clock } from '../../../../ports/clock.ts';
import { findOwned, ownerOf } from '../../lib/tenant-filter.ts';
import type { SessionCollections } from '../ask-collections.ts';

/** A feed outlives the end of its turn by its lifetime, and a turn may take a while. */
const KEPT_MS = FEED_LIFETIME_MS + 60 * 60 * 1000;

export function turnFeed({ batches, subscribers, sessions }: SessionCollections, clock: Clock): TurnFeed {
  const kept = ({ owner, sessionId, turnId }: TurnRef) => ({
    ...ownerOf(owner),
    sessionId,
    turnId,
    expireAt: new Date(clock.now().getTime() + KEPT_MS),
  });

  /** Words of a session that was deleted meanwhile must not outlive it. */
  const stands = async ({ sessionId }: TurnRef) => (await sessions.get(sessionId)) !== null;

  return {
    async subscribe(turn) {
      await subscribers.insert({ _id: turn.turnId, ...kept(turn) });
      if (!(await stands(turn))) await subscribers.remove({ _id: turn.turnId });
    },
    async hasSubscriber(turnId) {
      return (await subscribers.get(turnId)) !== null;
    },
    async publish(turn, place, batch) {
      const isNew = await batches.insert({ _id: idOf(turn.turnId, place), ...kept(turn), ...batch });
      if (await stands(turn)) return isNew;
      await batches.remove({ sessionId: turn.sessionId });
      throw notFound('session', turn.sessionId);
    },
    async read(tenant, turnId, place) {
      const found = await findOwned(batches, tenant, idOf(turnId, place));
      if (found === null) return null;
      const { generation, attempt, pieces, last } = found;
      return { generation, attempt, pieces, last };
    },
    async removeExpired(now) {
      const expired = { expireAt: { $lte: now } };
      const removed = await Promise.all([batches.remove(expired), subscribers.remove(expired)]);
      return removed.reduce((sum, count) => sum + count, 0);
    },
  };
}

function idOf(turnId: string, place: number): string {
  return `${turnId}/${place}`;
}
