import type { Connection } from 'mongoose';
import { notFound } from '../../domain/errors.ts';
import type { SessionStore } from '../../ports/session-store.ts';
import { findOwned, ownedBy } from '../owned.ts';
import type { Tombstones } from '../tombstones.ts';
import { type SessionCollections, sessionCollections } from './collections.ts';
import { listSessions, sessionIds } from './list-sessions.ts';
import { newSessionDocument, toSession } from './mapping.ts';
import { recordAnswer } from './record-answer.ts';
import { recordFailure } from './record-failure.ts';
import { recordQuestion } from './record-question.ts';
import { sessionReads } from './session-reads.ts';

export function sessionStore(connection: Connection, graves: Tombstones): SessionStore {
  const collections = sessionCollections(connection);
  const { sessions } = collections;
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
    hide: (tenant, id) => graves.hide(sessions, 'session', tenant, id),
    recordQuestion: recordQuestion(collections),
    recordAnswer: recordAnswer(collections),
    recordFailure: recordFailure(collections),
    ...sessionReads(collections),
    idsFor: sessionIds(collections, graves),
    ...erasure(collections, graves),
  };
}

function erasure(
  { sessions, messages, turns, conversations }: SessionCollections,
  graves: Tombstones,
): Pick<SessionStore, 'purge' | 'purgeSources'> {
  return {
    async purge(tenant, id) {
      const owned = ownedBy(tenant);
      const removed = await Promise.all([
        messages.remove({ ...owned, sessionId: id }),
        turns.remove({ ...owned, sessionId: id }),
        conversations.remove({ ...owned, _id: id }),
        sessions.remove({ ...owned, _id: id }),
      ]);
      await graves.purged(id);
      return removed.reduce((sum, count) => sum + count, 0);
    },
    purgeSources: (tenant, recordingId) =>
      messages.updateAll(
        { ...ownedBy(tenant), 'sources.recordingId': recordingId },
        { $pull: { sources: { recordingId } } },
      ),
  };
}
