import type { EndUser } from '../../../domain/library/recording.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { EndUserStore } from '../../../ports/library/library-store.ts';
import type { StoredEndUser } from '../collections/library-documents.ts';
import { pageOf } from '../lib/pages.ts';
import { findOwned, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';

export function endUserStore({ endUsers }: LibraryCollections, tombstones: Tombstones): EndUserStore {
  return {
    async create(endUser) {
      const { id, ...rest } = endUser;
      if (await tombstones.has(id)) throw notFound('end user', id);
      if (await endUsers.insert({ _id: id, endUserId: id, ...rest })) return endUser;
      const standing = await endUsers.get(id);
      return standing === null ? endUser : toEndUser(standing);
    },
    async find(tenant, id) {
      const found = await findOwned(endUsers, tenant, id);
      return found && toEndUser(found);
    },
    async list(tenant, { externalId }, { limit, after }) {
      const where = {
        ...tenantFilter(tenant),
        ...(externalId !== undefined && { externalId }),
        ...(after !== null && { _id: { $lt: after } }),
      };
      const found = await endUsers.list(where, { sort: { _id: -1 }, limit: limit + 1 });
      return pageOf(found.map(toEndUser), limit, (last) => last.id);
    },
    hide: (tenant, id) => tombstones.hide(endUsers, 'end_user', tenant, id),
    async purge(tenant, id) {
      const removed = await endUsers.remove({ ...tenantFilter(tenant), _id: id });
      await tombstones.markPurged(id);
      return removed;
    },
  };
}

function toEndUser({ _id, endUserId: _, ...rest }: StoredEndUser): EndUser {
  return { id: _id, ...rest };
}
