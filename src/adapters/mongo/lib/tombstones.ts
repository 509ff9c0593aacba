import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import { type Collection, type Filter, openCollection } from './collection.ts';
import { owner } from './stored-fields.ts';
import { findOwned, ownerOf, tenantFilter } from './tenant-filter.ts';

const tombstone = z.object({
  _id: z.string(),
  ...owner,
  kind: z.enum(['session', 'recording', 'end_user']),
  recordingIds: z.array(z.string()),
  purged: z.boolean(),
});
type Tombstone = z.infer<typeof tombstone>;
export type Tombstones = ReturnType<typeof openTombstones>;

/**
 * What was deleted. Hiding a document removes it and leaves a tombstone, for on some servers (FerretDB) an update reads,
 * changes and writes the whole document: a mark on it could be lost to a concurrent update, its removal cannot.
 * The tombstone lets an erasure that was interrupted find what it still has to purge, and keeps a repeated request from
 * bringing the deleted thing back.
 */
export function openTombstones(connection: Connection) {
  const tombstones = openCollection(
    connection,
    'tombstones',
    {
      projectId: String,
      mode: String,
      endUserId: String,
      kind: String,
      recordingIds: [String],
      purged: Boolean,
    },
    tombstone,
  );
  return {
    /** @returns whether there was such a document for this tenant. */
    async hide<D extends Owned & { _id: string; recordingIds?: string[] }>(
      collection: Collection<D>,
      kind: Tombstone['kind'],
      tenant: Tenant,
      id: string,
    ): Promise<boolean> {
      const found = await findOwned(collection, tenant, id);
      if (found === null) return false;
      const { recordingIds = [] } = found;
      await tombstones.insert({ _id: id, ...ownerOf(found), kind, recordingIds, purged: false });
      return (await collection.remove({ _id: id })) > 0;
    },

    async has(id: string): Promise<boolean> {
      return (await tombstones.get(id)) !== null;
    },

    /** Hidden but not yet purged. */
    unpurged(kind: Tombstone['kind'], tenant: Tenant, filter: Filter): Promise<string[]> {
      return tombstones.ids({ $and: [{ ...filter, kind, purged: false }, tenantFilter(tenant)] });
    },

    async markPurged(id: string): Promise<void> {
      await tombstones.update(id, { $set: { purged: true, recordingIds: [] } });
    },
  };
}
