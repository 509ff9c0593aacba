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

export function sessionStore(collections: SessionCollections, graves: Tombstones): SessionStore {
  const { sessions } = collections;
  const memory = new ConversationMemory();
  return {
    async create(session) {
      // A repeated request must not bring back what was deleted since.
      if (await graves.has(session.id)) throw notFound('session', session.id);
      await sessions.insert(newSessionDocument(session));
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
    recordAnswer: recordAnswer(collections, memory),
    ...turnRecords(collections),
    ...sessionReads(collections, memory),
    ...sessionErasure(collections, graves),
  };
}
