import { notFound } from '../../../domain/shared/errors.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import { revise } from '../lib/revise.ts';
import { findOwned } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { ConversationMemory } from './conversation/conversation-memory.ts';
import { settleSession } from './conversation/settle-session.ts';
import { listSessions } from './list-sessions.ts';
import { newSessionDocument, toSession } from './mapping.ts';
import { sessionErasure } from './session-erasure.ts';
import { sessionReads } from './session-reads.ts';
import { storeAnswer } from './store-answer.ts';
import { storeQuestion } from './store-question.ts';
import { turnRecords } from './turns/turn-records.ts';

/**
 * Whoever inserts looks again: at its session, which an erasure removes after it has left a tombstone. What was inserted
 * under a session that is gone is taken back.
 */
export function sessionStore(collections: SessionCollections, tombstones: Tombstones): SessionStore {
  const { sessions } = collections;
  const memory = new ConversationMemory();
  return {
    async create(session) {
      const { id, endUserId, scope } = session;
      const isNew = await tombstones.insertUnlessErased(sessions, newSessionDocument(session));
      if (isNew === null) throw notFound('session', id);
      // Either an erasure lists the session, or the tombstone of what it hangs on is seen here.
      const parents = [endUserId, ...(scope.type === 'recording' ? [scope.recordingId] : [])];
      if ((await tombstones.among(parents)).length === 0) return;
      // What stood before may have a run, which the erasure finds by it.
      if (isNew) await sessions.remove({ _id: id });
      throw notFound('session', id);
    },
    async find(tenant, id) {
      const found = await findOwned(sessions, tenant, id);
      return found && toSession(found);
    },
    async rename(tenant, id, title) {
      const found = await revise(sessions, tenant, id, () => ({ title }));
      const settled = found && (await settleSession(collections, tenant, id));
      return settled && toSession(settled);
    },
    list: listSessions(collections),
    async hide(tenant, id) {
      const hidden = await tombstones.hide(sessions, 'session', tenant, id);
      if (hidden) memory.forget(id);
      return hidden;
    },
    async hideIdle(tenant, id, before) {
      await tombstones.hideIf(sessions, 'session', tenant, id, { updatedAt: { $lt: before } });
      memory.forget(id);
    },
    recordQuestion: storeQuestion(collections, memory),
    recordAnswer: storeAnswer(collections, memory, tombstones),
    ...turnRecords(collections),
    ...sessionReads(collections, memory, tombstones),
    ...sessionErasure(collections, tombstones),
  };
}
