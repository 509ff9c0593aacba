import type { Logger } from 'pino';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Dependency } from '../ports/health.ts';
import type { IdempotencyStore } from '../ports/idempotency-store.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { EndUserStore, RecordingStore, TranscriptStore } from '../ports/library-store.ts';
import type { PassageRetriever } from '../ports/passage-retriever.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { LibraryGateway, SessionGateway } from '../ports/session-gateway.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { TurnFeed } from '../ports/turn-feed.ts';
import type { TurnTimelines } from '../ports/turn-timeline.ts';

/** Everything that the API works with. */
export interface Dependencies {
  keys: KeyStore;
  rateLimiter: RateLimiter;
  idempotency: IdempotencyStore;
  endUsers: EndUserStore;
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  sessions: SessionStore;
  feed: TurnFeed;
  sessionGateway: SessionGateway;
  turnTimelines: TurnTimelines;
  libraryGateway: LibraryGateway;
  retriever: PassageRetriever;
  clock: Clock;
  /** Ids of a request without an `Idempotency-Key`. */
  freshIds: Ids;
  /** The ids of a request with an `Idempotency-Key`: the same sequence for the same seed. */
  derivedIds(seed: string): Ids;
  /** What `/readyz` asks after. */
  health: readonly Dependency[];
  logger: Logger;
  settings: {
    rateLimitPerMinute: number;
    maxTranscriptTokens: number;
    corsOrigins: readonly string[];
    trustProxy: boolean;
  };
}
