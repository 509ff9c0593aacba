import { randomUUID } from 'node:crypto';
import type { DateChangeStore } from '../../../ports/library/date-change-store.ts';
import { ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';

export function dateChangeStore({ dateChanges }: LibraryCollections, tombstones: Tombstones): DateChangeStore {
  return {
    async note(recording) {
      const id = randomUUID();
      await dateChanges.insert({ _id: id, ...ownerOf(recording), recordingId: recording.id });
      // Either the recording's erasure removes it, or its tombstone is seen here.
      if (await tombstones.has(recording.id)) await dateChanges.remove({ _id: id });
    },
    async list(tenant, recordingId) {
      const where = { ...tenantFilter(tenant), ...(recordingId !== undefined && { recordingId }) };
      const found = await dateChanges.list(where, {});
      return found.map((change) => ({ id: change._id, recordingId: change.recordingId }));
    },
    async remove(tenant, ids) {
      await Promise.all(ids.map((id) => dateChanges.remove({ ...tenantFilter(tenant), _id: id })));
    },
  };
}
