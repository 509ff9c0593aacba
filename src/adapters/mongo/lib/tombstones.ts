import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import { type Documents, documents, type Filter } from './collection.ts';
import { owner } from './fields.ts';
import { findOwned, ownedBy, ownerOf } from './tenant-filter.ts';

const tombstone = z.object({
  _id: z.string(),
  ...owner,
  kind: z.enum(['session', 'recording', 'end_user']),
  recordingIds: z.array(z.string()),
  purged: z.boolean(),
});
type Tombstone = z.infer<typeof tombstone>;
export type Tombstones = ReturnType<typeof tombstones>;

/**
 * What was deleted. Hiding a document removes it and leaves a tombstone, for on some servers (FerretDB) an update reads,
 * changes and writes the whole document: a mark on it could be lost to a concurrent update, its removal cannot.
 * The tombstone lets an erasure that was interrupted find what it still has to purge, and keeps a repeated request from
 * bringing the deleted thing back.
 */
export function tombstones(connection: Connection) {
  const graves = documents(
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
      collection: Documents<D>,
      kind: Tombstone['kind'],
      tenant: Tenant,
      id: string,
    ): Promise<boolean> {
      const found = await findOwned(collection, tenant, id);
      if (found === null) return false;
      const { recordingIds = [] } = found;
      await graves.insert({ _id: id, ...ownerOf(found), kind, recordingIds, purged: false });
      return (await collection.remove({ _id: id })) > 0;
    },

    async has(id: string): Promise<boolean> {
      return (await graves.get(id)) !== null;
    },

    /** Hidden but not yet purged. */
    unpurged(kind: Tombstone['kind'], tenant: Tenant, filter: Filter): Promise<string[]> {
      return graves.ids({ $and: [{ ...filter, kind, purged: false }, ownedBy(tenant)] });
    },

    async purged(id: string): Promise<void> {
      await graves.update(id, { $set: { purged: true, recordingIds: [] } });
    },
  };
}
