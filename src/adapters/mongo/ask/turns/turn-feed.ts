import { withoutQuotes } from '../../../../domain/ask/erased-words.ts';
import { notFound } from '../../../../domain/shared/errors.ts';
import { FEED_LIFETIME_MS, type FeedBatch, type TurnFeed, type TurnRef } from '../../../../ports/ask/turn-feed.ts';
import type { Clock } from '../../../../ports/clock.ts';
import { findOwned, ownerOf } from '../../lib/tenant-filter.ts';
import type { Tombstones } from '../../lib/tombstones.ts';
import type { SessionCollections } from '../ask-collections.ts';
import { blankBatch } from '../conversation/blank-words.ts';

/** A feed outlives the end of its turn by its lifetime, and a turn may take a while. */
const KEPT_MS = FEED_LIFETIME_MS + 60 * 60 * 1000;

export function turnFeed(
  { batches, subscribers, sessions }: SessionCollections,
  tombstones: Tombstones,
  clock: Clock,
): TurnFeed {
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
      const id = idOf(turn.turnId, place);
      const isNew = await batches.insert({ _id: id, ...kept(turn), ...batch });
      const [isSessionThere, erased] = await Promise.all([stands(turn), tombstones.among(citedIn(batch))]);
      if (!isSessionThere) {
        await batches.remove({ sessionId: turn.sessionId });
        throw notFound('session', turn.sessionId);
      }
      if (isNew && erased.length > 0) await blankBatch(batches, id, erased);
      return isNew;
    },
    async read(tenant, turnId, place) {
      const found = await findOwned(batches, tenant, idOf(turnId, place));
      if (found === null) return null;
      const { generation, attempt, pieces, last } = found;
      // Their erasure may not have come to this batch yet.
      const erased = await tombstones.among(citedIn(found));
      return { generation, attempt, pieces: withoutQuotes(pieces, (id) => erased.includes(id)), last };
    },
    async removeExpired(now) {
      const expired = { expireAt: { $lte: now } };
      const removed = await Promise.all([batches.remove(expired), subscribers.remove(expired)]);
      return removed.reduce((sum, count) => sum + count, 0);
    },
  };
}

/** The recordings that it quotes. */
function citedIn({ pieces }: Pick<FeedBatch, 'pieces'>): string[] {
  return [...new Set(pieces.flatMap((piece) => (piece.type === 'citation' ? [piece.recordingId] : [])))];
}

function idOf(turnId: string, place: number): string {
  return `${turnId}/${place}`;
}
