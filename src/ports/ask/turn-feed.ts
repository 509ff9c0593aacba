import type { Owned, Tenant } from '../../domain/access/tenant.ts';
import type { AnswerPiece } from '../../domain/answering/reply-reader.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';

/** Which turn a feed is of. */
export interface FedTurn {
  owner: Owned;
  sessionId: SessionId;
  turnId: TurnId;
}

/** Some pieces of an answer, as one attempt at it published them. */
export interface FeedBatch {
  /** When the attempt was scheduled, in ms: of two attempts the later one counts. */
  generation: number;
  /** The attempt at this provider, from 1. */
  attempt: number;
  pieces: AnswerPiece[];
  /** Whether the model had nothing more to say. */
  last: boolean;
}

/**
 * The words of answers on their way, kept for a day, so that any API process can pass them on and a client can resume. It
 * is no record: what stands in the session counts. Batches of a turn stand at places 0, 1, 2, …
 */
export interface TurnFeed {
  /** Notes that somebody wants to read along. */
  listen(turn: FedTurn): Promise<void>;
  isHeard(turnId: TurnId): Promise<boolean>;
  /** @returns false when another batch stands at this place. */
  publish(turn: FedTurn, place: number, batch: FeedBatch): Promise<boolean>;
  read(tenant: Tenant, turnId: TurnId, place: number): Promise<FeedBatch | null>;
  /** @returns how many documents were removed. */
  removeExpired(now: Date): Promise<number>;
}

/** How long a feed can be read again after its end. */
export const FEED_LIFETIME_MS = 24 * 60 * 60 * 1000;
