import type { Logger } from 'pino';
import type { IdempotencyStore } from '../../../ports/access/idempotency-store.ts';
import type { KeyStore, ProjectStore } from '../../../ports/access/key-store.ts';
import type { RateLimiter } from '../../../ports/access/rate-limiter.ts';
import type { PromptContexts, Scopes } from '../../../ports/ask/context-loading.ts';
import type { SessionGateway } from '../../../ports/ask/session-gateway.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import type { TraceStore } from '../../../ports/ask/trace-store.ts';
import type { TurnFeed } from '../../../ports/ask/turn-feed.ts';
import type { SubscribeToTurn } from '../../../ports/ask/turn-subscription.ts';
import type { TurnTimelines } from '../../../ports/ask/turn-timeline.ts';
import type { Clock, Ids } from '../../../ports/clock.ts';
import type { Dependency } from '../../../ports/health.ts';
import type { DateChangeStore } from '../../../ports/library/date-change-store.ts';
import type { LibraryGateway } from '../../../ports/library/library-gateway.ts';
import type {
  EndUserStore,
  ImportStore,
  RecordingStore,
  TranscriptStore,
} from '../../../ports/library/library-store.ts';
import type { PassageRetriever } from '../../../ports/library/passage-retriever.ts';
import type { DescribeSearch } from '../../../ports/library/search-indexes.ts';
import type { TranscriptReader } from '../../../ports/library/transcript-reader.ts';
import type { ProviderDirectory } from '../../../ports/provider-directory.ts';

/** Everything that the API works with. */
export interface Dependencies {
  keys: KeyStore;
  projects: ProjectStore;
  providers: ProviderDirectory;
  rateLimiter: RateLimiter;
  idempotency: IdempotencyStore;
  endUsers: EndUserStore;
  recordings: RecordingStore;
  dateChanges: DateChangeStore;
  transcripts: TranscriptStore;
  /** Pages of transcripts and sessions, a few at a time. */
  pageReader: Pick<TranscriptStore, 'segmentPage'> & Pick<SessionStore, 'listMessages'>;
  imports: ImportStore;
  transcriptReader: Pick<TranscriptReader, 'read'>;
  sessions: SessionStore;
  traces: Pick<TraceStore, 'findCandidates' | 'findPrompt'>;
  scopes: Pick<Scopes, 'load'>;
  contexts: PromptContexts;
  feed: TurnFeed;
  /** The events of a turn; its subscribers at this process share one reader. */
  subscribeToTurn: SubscribeToTurn;
  sessionGateway: SessionGateway;
  turnTimelines: TurnTimelines;
  libraryGateway: LibraryGateway;
  retriever: PassageRetriever;
  describeSearch: DescribeSearch;
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
    maxOutputTokens: number;
    providerFallback: boolean;
    /** Streams of events that one key may have open at this process. */
    maxStreamsPerKey: number;
    corsOrigins: readonly string[];
    trustProxy: boolean;
  };
}
