import { z } from 'zod';
import type { Recording } from '../../../domain/library/recording.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { Named, RecordingStore } from '../../../ports/library/library-store.ts';
import type { StoredRecording } from '../collections/library-documents.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { revise } from '../lib/revise.ts';
import { findAllOwned, findOwned, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';
import { listRecordings } from './list-recordings.ts';
import { type NamedResult, type Naming, namedDocuments } from './named-documents.ts';
import { documentOf, toRecording } from './recording-documents.ts';

const recordingIds = z.array(idOf('rec'));

export function recordingStore(collections: LibraryCollections, tombstones: Tombstones): RecordingStore {
  const { recordings, dateChanges } = collections;
  const named = namedDocuments('rec', recordings, tombstones);
  return {
    async create(recording) {
      const { id } = recording;
      if (await tombstones.has(id)) throw notFound('recording', id);
      const isNew = await recordings.insert(documentOf(recording, id, null));
      // Either the end user's erasure lists it, or its tombstone is seen here.
      if (await tombstones.has(recording.endUserId)) {
        await recordings.remove({ _id: id });
        throw notFound('end user', recording.endUserId);
      }
      if (isNew) return recording;
      const existing = await recordings.get(id);
      return existing === null ? recording : toRecording(existing);
    },
    async createNamed(recording) {
      const { endUserId } = recording;
      const made = await named.create(namingOf(recording));
      // Either the end user's erasure lists it, or their tombstone is seen here.
      if (!(await tombstones.has(endUserId))) return toNamed(made);
      await recordings.remove({ _id: made.document._id });
      throw notFound('end user', endUserId);
    },
    async findNamed(recording) {
      const found = await named.find(namingOf(recording));
      return found && toNamed(found);
    },
    async find(tenant, id) {
      const found = await findOwned(recordings, tenant, id);
      return found && toRecording(found);
    },
    async findAll(tenant, ids) {
      return (await findAllOwned(recordings, tenant, ids)).map(toRecording);
    },
    list: listRecordings(collections),
    async update(tenant, id, change) {
      if ((await findOwned(recordings, tenant, id)) === null) return;
      await recordings.update(id, { $set: change });
    },
    async revise(tenant, id, changeOf) {
      const change = (found: StoredRecording) => changeOf(toRecording(found));
      const found = await revise(recordings, tenant, id, change, ({ startedAt, endedAt }) => ({ startedAt, endedAt }));
      return found && toRecording(found);
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
      await dateChanges.remove({ ...tenantFilter(tenant), recordingId: id });
      const removed = await recordings.remove({ ...tenantFilter(tenant), _id: id });
      await tombstones.markPurged(id);
      return removed;
    },
  };
}

function namingOf(recording: Recording & { externalId: string }): Naming<'rec', StoredRecording> {
  const { id: requestedId, externalId } = recording;
  return { scope: recording, externalId, requestedId, document: (id) => documentOf(recording, id, requestedId) };
}

function toNamed({ document, isOwn }: NamedResult<StoredRecording>): Named<Recording> {
  return { item: toRecording(document), isOwn };
}
