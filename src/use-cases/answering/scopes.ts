import { LRUCache } from 'lru-cache';
import { FairQueue } from '../../domain/access/fair-queue.ts';
import type { LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import type { NewSession } from '../../domain/ask/session.ts';
import type { SessionId } from '../../domain/shared/ids.ts';
import type { Scopes } from '../../ports/ask/context-loading.ts';
import { loadScope, type ScopeStores } from './load-scope.ts';

/**
 * From choosing a context to rendering it, a turn takes milliseconds. Only so many recordings are kept: with their metadata a
 * library of thousands takes tens of megabytes, and is read again.
 */
const RECENT = { max: 100, maxSize: 2_000, ttl: 2_000, ttlAutopurge: true };

/** Scopes that are loaded at once: while it is read, a library of thousands takes three times what is kept of it. */
const LOADING = { slots: 2, perOwner: 1 };

export function createScopes(stores: ScopeStores): Scopes {
  const loading = new FairQueue(LOADING);
  const recent = new LRUCache<SessionId, LibraryRecording[]>({
    ...RECENT,
    sizeCalculation: (recordings) => recordings.length + 1,
  });

  async function load(session: NewSession): Promise<LibraryRecording[]> {
    const found = await loading.run(session.projectId, () => loadScope(stores, session));
    recent.set(session.id, found);
    return found;
  }

  return { load, recall: async (session) => recent.get(session.id) ?? load(session) };
}
