import { z } from 'zod';
import type { Recording } from '../../../domain/library/recording.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { RecordingStore } from '../../../ports/library/library-store.ts';
import type { StoredRecording } from '../collections/library-documents.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { findOwned, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';

const recordingIds = z.array(idOf('rec'));

export function recordingStore({ recordings }: LibraryCollections, tombstones: Tombstones): RecordingStore {
  return {
    async create(recording) {
      const { id, ...rest } = recording;
      if (await tombstones.has(id)) throw notFound('recording', id);
      if (await recordings.insert({ _id: id, ...rest })) return recording;
      const standing = await recordings.get(id);
      return standing === null ? recording : toRecording(standing);
    },
    async find(tenant, id) {
      const found = await findOwned(recordings, tenant, id);
      return found && toRecording(found);
    },
    async list(tenant, { endUserId }, { limit, offset }) {
      const where = { $and: [endUserId === undefined ? {} : { endUserId }, tenantFilter(tenant)] };
      const range = { sort: { createdAt: -1, _id: -1 }, skip: offset, limit: limit + 1 } as const;
      const found = await recordings.list(where, range);
      return { items: found.slice(0, limit).map(toRecording), hasMore: found.length > limit };
    },
    async update(tenant, id, change) {
      if ((await findOwned(recordings, tenant, id)) === null) return;
      await recordings.update(id, { $set: change });
    },
    hide: (tenant, id) => tombstones.hide(recordings, 'recording', tenant, id),
    async allOf(tenant, endUserId) {
      return (await recordings.list({ $and: [{ endUserId }, tenantFilter(tenant)] }, {})).map(toRecording);
    },
    async idsOf(tenant, endUserId) {
      const [visible, hidden] = await Promise.all([
        recordings.ids({ $and: [{ endUserId }, tenantFilter(tenant)] }),
        tombstones.unpurged('recording', tenant, { endUserId }),
      ]);
      return recordingIds.parse([...new Set([...visible, ...hidden])]);
    },
    async purge(tenant, id) {
      const removed = await recordings.remove({ ...tenantFilter(tenant), _id: id });
      await tombstones.markPurged(id);
      return removed;
    },
  };
}

export function toRecording({ _id, ...rest }: StoredRecording): Recording {
  return { id: _id, ...rest };
}
