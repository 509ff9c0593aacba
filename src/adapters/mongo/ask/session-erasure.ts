import { z } from 'zod';
import { MODES } from '../../../domain/access/tenant.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { sessionFilter } from './list-sessions.ts';

const sessionIds = z.array(idOf('as'));

export function sessionErasure(
  { sessions, messages, turns, conversations, batches, subscribers }: SessionCollections,
  tombstones: Tombstones,
): Pick<SessionStore, 'idsFor' | 'inactiveSince' | 'purge' | 'purgeSources'> {
  return {
    async idsFor(tenant, of) {
      const [visible, hidden] = await Promise.all([
        sessions.ids({ $and: [sessionFilter(of), tenantFilter(tenant)] }),
        tombstones.unpurged('session', tenant, sessionFilter(of)),
      ]);
      return sessionIds.parse([...new Set([...visible, ...hidden])]);
    },
    async inactiveSince(projectId, before, limit) {
      const old = { projectId, mode: { $in: [...MODES] }, updatedAt: { $lt: before } };
      const found = await sessions.list(old, { sort: { updatedAt: 1 }, limit });
      return found.map((session) => ({ id: session._id, ...ownerOf(session) }));
    },
    async purge(tenant, id) {
      const owned = tenantFilter(tenant);
      const removed = await Promise.all([
        messages.remove({ ...owned, sessionId: id }),
        turns.remove({ ...owned, sessionId: id }),
        conversations.remove({ ...owned, _id: id }),
        batches.remove({ ...owned, sessionId: id }),
        subscribers.remove({ ...owned, sessionId: id }),
        sessions.remove({ ...owned, _id: id }),
      ]);
      await tombstones.markPurged(id);
      return removed.reduce((sum, count) => sum + count, 0);
    },
    async purgeSources(tenant, recordingId) {
      const holding = await messages.ids({ ...tenantFilter(tenant), 'sources.recordingId': recordingId });
      for (const id of holding) {
        const message = await messages.get(id);
        if (message?.role !== 'assistant') continue;
        // Not `$pull`, which is not the same everywhere (`ferretdb.ts`). An answer is written once, so nobody writes beside this.
        const sources = message.sources.filter((source) => source.recordingId !== recordingId);
        await messages.update(id, { $set: { sources } });
      }
      return holding.length;
    },
  };
}
