import { z } from 'zod';
import { MODES } from '../../../domain/access/tenant.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { blankAnswer, blankBatch } from './conversation/blank-words.ts';
import { sessionFilter } from './list-sessions.ts';

const sessionIds = z.array(idOf('as'));

export function sessionErasure(
  { sessions, messages, turns, traces, conversations, batches, subscribers }: SessionCollections,
  tombstones: Tombstones,
): Pick<SessionStore, 'idsFor' | 'erasedIdsOver' | 'inactiveSince' | 'purge' | 'purgeOwned' | 'purgeSources'> {
  return {
    async idsFor(tenant, of) {
      const [visible, hidden] = await Promise.all([
        sessions.ids({ $and: [sessionFilter(of), tenantFilter(tenant)] }),
        tombstones.unpurged('session', tenant, sessionFilter(of)),
      ]);
      return sessionIds.parse([...new Set([...visible, ...hidden])]);
    },
    async erasedIdsOver(tenant, recordingId) {
      return sessionIds.parse(await tombstones.all('session', tenant, { recordingIds: recordingId }));
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
        traces.remove({ ...owned, sessionId: id }),
        conversations.remove({ ...owned, _id: id }),
        batches.remove({ ...owned, sessionId: id }),
        subscribers.remove({ ...owned, sessionId: id }),
        sessions.remove({ ...owned, _id: id }),
      ]);
      await tombstones.markPurged(id);
      return removed.reduce((sum, count) => sum + count, 0);
    },
    async purgeOwned(tenant) {
      const owned = tenantFilter(tenant);
      const removed = await Promise.all(
        [sessions, messages, turns, traces, conversations, batches, subscribers].map((each) => each.remove(owned)),
      );
      return removed.reduce((sum, count) => sum + count, 0);
    },
    async purgeSources(tenant, recordingId) {
      // FerretDB looks at an index for a dotted field only in an `$and`.
      const found = [{ 'sources.recordingId': recordingId }, { recordingIds: recordingId }].map((words) =>
        messages.ids({ $and: [words, tenantFilter(tenant)] }),
      );
      const answers = new Set((await Promise.all(found)).flat());
      const onTheirWay = await batches.ids({ $and: [{ 'pieces.recordingId': recordingId }, tenantFilter(tenant)] });
      let changed = 0;
      for (const id of answers) changed += Number(await blankAnswer(messages, id, [recordingId]));
      for (const id of onTheirWay) changed += Number(await blankBatch(batches, id, [recordingId]));
      return changed;
    },
  };
}
