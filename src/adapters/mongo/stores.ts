import type { Connection } from 'mongoose';
import type { Clock } from '../../ports/clock.ts';
import { freshIds } from '../../runtime/clock-and-ids.ts';
import { idempotencyStore } from './access/idempotency-store.ts';
import { keyStore } from './access/key-store.ts';
import { projectStore } from './access/project-store.ts';
import { mongoRateLimiter } from './access/rate-limiter.ts';
import { sessionCollections } from './ask/ask-collections.ts';
import { sessionStore } from './ask/session-store.ts';
import { turnFeed } from './ask/turn-feed.ts';
import { guarded } from './lib/mongo-errors.ts';
import { tombstones } from './lib/tombstones.ts';
import { endUserStore } from './library/end-user-store.ts';
import { importStore } from './library/import-store.ts';
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
  const graves = tombstones(connection);
  return {
    sessions: guarded(sessionStore(sessions, graves)),
    feed: guarded(turnFeed(sessions, clock)),
    endUsers: guarded(endUserStore(library, graves)),
    recordings: guarded(recordingStore(library, graves)),
    transcripts: guarded(transcriptStore(library, graves)),
    imports: guarded(importStore(library, graves)),
    keys: guarded(keyStore(connection, { clock, ids, graves, onUseLost: onBackgroundError })),
    projects: guarded(projectStore(connection, { clock, ids })),
    idempotency: guarded(idempotencyStore(connection, clock)),
    rateLimiter: guarded(mongoRateLimiter(connection, { clock, onBackgroundError })),
  };
}
