import { notFound } from '../../../domain/shared/errors.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import { findOwned } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { listSessions } from './list-sessions.ts';
import { newSessionDocument, toSession } from './mapping.ts';
import { sessionErasure } from './session-erasure.ts';
import { sessionReads } from './session-reads.ts';
import { recordAnswer } from './store-answer.ts';
import { recordQuestion } from './store-question.ts';
import { turnRecords } from './turn-records.ts';

/**
 * Whoever inserts looks again: at its session, which an erasure removes after it has left a tombstone. What was inserted
 * under a session that is gone is taken back.
 */
export function sessionStore(collections: SessionCollections, graves: Tombstones): SessionStore {
  const { sessions } = collections;
  const memory = new ConversationMemory();
  return {
    async create(session) {
      // A repeated request must not bring back what was deleted since.
      if (await graves.has(session.id)) throw notFound('session', session.id);
      await sessions.insert(newSessionDocument(session));
      // Either an erasure lists the new session, or the tombstone of what it hangs on is seen here.
      const { endUserId, scope } = session;
      const parents = [endUserId, ...(scope.type === 'recording' ? [scope.recordingId] : [])];
      const gone = await Promise.all(parents.map((id) => graves.has(id)));
      if (!gone.includes(true)) return;
      await sessions.remove({ _id: session.id });
      throw notFound('session', session.id);
    },
    async find(tenant, id) {
      const found = await findOwned(sessions, tenant, id);
      return found && toSession(found);
    },
    list: listSessions(collections),
    async hide(tenant, id) {
      const hidden = await graves.hide(sessions, 'session', tenant, id);
      if (hidden) memory.forget(id);
      return hidden;
    },
    recordQuestion: recordQuestion(collections, memory),
    recordAnswer: recordAnswer(collections, memory, graves),
    ...turnRecords(collections),
    ...sessionReads(collections, memory),
    ...sessionErasure(collections, graves),
  };
}
