import { z } from 'zod';
import type { Recording } from '../../../domain/library/recording.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { RecordingId } from '../../../domain/shared/ids.ts';
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

  /** Either the end user's erasure lists the recording, or its tombstone is seen here. */
  async function assertEndUser({ endUserId }: Recording, id: RecordingId, isNew: boolean): Promise<void> {
    if (!(await tombstones.has(endUserId))) return;
    // What stood before may have transcripts, which the erasure finds by it.
    if (isNew) await recordings.remove({ _id: id });
    throw notFound('end user', endUserId);
  }

  return {
    async create(recording) {
      const { id } = recording;
      const isNew = await tombstones.insertUnlessErased(recordings, documentOf(recording, id, null));
      if (isNew === null) throw notFound('recording', id);
      await assertEndUser(recording, id, isNew);
      if (isNew) return recording;
      const existing = await recordings.get(id);
      return existing === null ? recording : toRecording(existing);
    },
    async createNamed(recording) {
      const made = await named.create(namingOf(recording));
      await assertEndUser(recording, made.document._id, made.isNew);
      return toNamed(made);
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
