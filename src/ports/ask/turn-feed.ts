import type { Owned, Tenant } from '../../domain/access/tenant.ts';
import type { AnswerPiece } from '../../domain/answering/reply-reader.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';

/** The turn that a feed belongs to. */
export interface TurnRef {
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
 * Pieces of answers, kept for a day, so that any API process can stream them and a client can resume. The feed
 * is not the record: the session is. Batches of a turn have the places 0, 1, 2, …
 */
export interface TurnFeed {
  /** Notes that somebody subscribes to the answer of this turn. */
  subscribe(turn: TurnRef): Promise<void>;
  hasSubscriber(turnId: TurnId): Promise<boolean>;
  /** @returns false when another batch stands at this place. */
  publish(turn: TurnRef, place: number, batch: FeedBatch): Promise<boolean>;
  read(tenant: Tenant, turnId: TurnId, place: number): Promise<FeedBatch | null>;
  /** @returns how many documents were removed. */
  removeExpired(now: Date): Promise<number>;
}

/** How long a feed can be read again after its end. */
export const FEED_LIFETIME_MS = 24 * 60 * 60 * 1000;
