import type { Connection } from 'mongoose';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import type { EraseTarget } from '../../../domain/library/erase-target.ts';
import type { StoredTombstone } from '../collections/access-documents.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { type Collection, type Filter, openCollection } from './collection.ts';
import { findOwned, ownerOf, tenantFilter } from './tenant-filter.ts';

export type Tombstones = ReturnType<typeof openTombstones>;

/**
 * What was deleted. Hiding a document removes it and leaves a tombstone, because a mark on it
 * could be lost to a concurrent update (`ferretdb.ts`), and its removal cannot.
 * The tombstone lets an erasure that was interrupted find what it still has to purge, and keeps a repeated request from
 * bringing the deleted thing back.
 */
export function openTombstones(connection: Connection) {
  const tombstones = openCollection(connection, COLLECTIONS.tombstones);

  async function has(id: string): Promise<boolean> {
    return (await tombstones.get(id)) !== null;
  }

  return {
    /** @returns whether there was such a document for this tenant. */
    async hide<D extends Owned & { _id: string; recordingIds?: string[] }>(
      collection: Collection<D>,
      kind: StoredTombstone['kind'],
      tenant: Tenant,
      id: string,
    ): Promise<boolean> {
      const found = await findOwned(collection, tenant, id);
      if (found === null) return false;
      await tombstones.insert(graveOf(found, kind));
      return (await collection.remove({ _id: id })) > 0;
    },

    /**
     * Hides a document only if the filter holds for it at the moment of its removal. The tombstone comes after the removal,
     * because one of a document that stays would mislead whoever looks. What follows must not rest on `unpurged`.
     */
    async hideIf<D extends Owned & { _id: string; recordingIds?: string[] }>(
      collection: Collection<D>,
      kind: StoredTombstone['kind'],
      tenant: Tenant,
      id: string,
      filter: Filter,
    ): Promise<void> {
      const found = await findOwned(collection, tenant, id);
      if (found === null || (await collection.remove({ _id: id, ...filter })) === 0) return;
      await tombstones.insert(graveOf(found, kind));
    },

    /**
     * Inserts a document. A repeated request must not bring back what was deleted since, whether before the insert or beside it.
     * @returns whether it was not there before; null when it was deleted
     */
    async insertUnlessErased<D extends Owned & { _id: string }>(
      collection: Collection<D>,
      document: D,
    ): Promise<boolean | null> {
      const { _id } = document;
      if (await has(_id)) return null;
      const isNew = await collection.insert(document);
      if (!(await has(_id))) return isNew;
      await collection.remove({ _id });
      return null;
    },

    has,

    /** @returns those of these ids that were deleted. */
    async among(ids: readonly string[]): Promise<string[]> {
      const found = new Set((await tombstones.getAll(ids)).map(({ _id }) => _id));
      return ids.filter((id) => found.has(id));
    },

    /** Hidden but not yet purged. */
    unpurged(kind: StoredTombstone['kind'], tenant: Tenant, filter: Filter): Promise<string[]> {
      return tombstones.ids({ $and: [{ ...filter, kind, purged: false }, tenantFilter(tenant)] });
    },

    /** Hidden, whether purged or not. */
    all(kind: StoredTombstone['kind'], tenant: Tenant, filter: Filter): Promise<string[]> {
      return tombstones.ids({ $and: [{ ...filter, kind }, tenantFilter(tenant)] });
    },

    /** What is hidden but not purged, of every project. */
    async pending(): Promise<{ tenant: Owned; target: EraseTarget }[]> {
      const found = await tombstones.list({ purged: false }, {});
      return found.map((grave) => ({ tenant: ownerOf(grave), target: targetOf(grave) }));
    },

    async markPurged(id: string): Promise<void> {
      await tombstones.update(id, { $set: { purged: true } });
    },
  };
}

function targetOf({ _id, kind: type, endUserId }: StoredTombstone): EraseTarget {
  switch (type) {
    case 'session':
      return { type, id: idOf('as').parse(_id) };
    case 'recording':
      return { type, id: idOf('rec').parse(_id), endUserId };
    case 'end_user':
      return { type, id: idOf('eu').parse(_id) };
  }
}

function graveOf(
  found: Owned & { _id: string; recordingIds?: string[] },
  kind: StoredTombstone['kind'],
): StoredTombstone {
  const { _id, recordingIds = [] } = found;
  return { _id, ...ownerOf(found), kind, recordingIds, purged: false };
}
