import type { Connection } from 'mongoose';
import type { Clock } from '../../ports/clock.ts';
import type { PendingErasures } from '../../ports/library/pending-erasures.ts';
import { freshIds } from '../../runtime/clock-and-ids.ts';
import { idempotencyStore } from './access/idempotency-store.ts';
import { keyStore } from './access/key-store.ts';
import { projectStore } from './access/project-store.ts';
import { providerDirectory } from './access/provider-directory.ts';
import { mongoRateLimiter } from './access/rate-limiter.ts';
import { sessionCollections } from './ask/ask-collections.ts';
import { sessionStore } from './ask/session-store.ts';
import { traceStore } from './ask/turns/trace-store.ts';
import { turnFeed } from './ask/turns/turn-feed.ts';
import { throwWhenAway } from './lib/mongo-errors.ts';
import { openTombstones } from './lib/tombstones.ts';
import { dateChangeStore } from './library/date-change-store.ts';
import { endUserStore } from './library/end-user-store.ts';
import { importStore } from './library/import-store.ts';
import { indexedTranscripts } from './library/indexed-transcripts.ts';
import { libraryCollections } from './library/library-collections.ts';
import { recordingStore } from './library/recording-store.ts';
import { transcriptStore } from './library/transcript-store.ts';

export type Stores = ReturnType<typeof createStores>;

/**
 * Every store on this connection; call once a connection. All throw AskError `unavailable` when MongoDB is away.
 * @param onBackgroundError told of failures that no request waits for.
 */
export function createStores(
  connection: Connection,
  { clock, onBackgroundError = () => undefined }: { clock: Clock; onBackgroundError?: (error: unknown) => void },
) {
  const ids = freshIds(clock);
  const library = libraryCollections(connection);
  const sessions = sessionCollections(connection);
  const tombstones = openTombstones(connection);
  return {
    sessions: throwWhenAway(sessionStore(sessions, tombstones)),
    traces: throwWhenAway(traceStore(sessions, tombstones)),
    feed: throwWhenAway(turnFeed(sessions, tombstones, clock)),
    endUsers: throwWhenAway(endUserStore(library, tombstones)),
    recordings: throwWhenAway(recordingStore(library, tombstones)),
    dateChanges: throwWhenAway(dateChangeStore(library, tombstones)),
    transcripts: throwWhenAway(transcriptStore(library, tombstones)),
    indexed: throwWhenAway(indexedTranscripts(library)),
    imports: throwWhenAway(importStore(library, tombstones)),
    erasures: throwWhenAway<PendingErasures>({ list: () => tombstones.pending() }),
    keys: throwWhenAway(keyStore(connection, { clock, ids, tombstones, onUseLost: onBackgroundError })),
    projects: throwWhenAway(projectStore(connection, { clock, ids })),
    providers: throwWhenAway(providerDirectory(connection, clock)),
    idempotency: throwWhenAway(idempotencyStore(connection, clock)),
    rateLimiter: throwWhenAway(mongoRateLimiter(connection, { clock, onBackgroundError })),
  };
}
