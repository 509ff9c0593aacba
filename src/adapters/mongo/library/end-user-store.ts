import type { EndUser } from '../../../domain/library/recording.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import type { EndUserStore, Named } from '../../../ports/library/library-store.ts';
import type { StoredEndUser } from '../collections/library-documents.ts';
import { pageOf } from '../lib/pages.ts';
import { revise } from '../lib/revise.ts';
import { findOwned, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';
import { type NamedResult, type Naming, namedDocuments } from './named-documents.ts';

export function endUserStore({ endUsers }: LibraryCollections, tombstones: Tombstones): EndUserStore {
  /** 0.1.0 let several end users have one external id, and gave them ids of their own. */
  const named = namedDocuments('eu', endUsers, tombstones, async ({ scope: { projectId, mode }, externalId }) => {
    const sort = { createdAt: 1, _id: 1 } as const;
    const [oldest] = await endUsers.list({ projectId, mode, externalId }, { sort, limit: 1 });
    return oldest ?? null;
  });
  return {
    async create(endUser) {
      const { id } = endUser;
      const isNew = await tombstones.insertUnlessErased(endUsers, documentOf(endUser, id, null));
      if (isNew === null) throw notFound('end user', id);
      if (isNew) return endUser;
      const existing = await endUsers.get(id);
      return existing === null ? endUser : toEndUser(existing);
    },
    createNamed: async (endUser) => toNamed(await named.create(namingOf(endUser))),
    async findNamed(endUser) {
      const found = await named.find(namingOf(endUser));
      return found && toNamed(found);
    },
    async find(tenant, id) {
      const found = await findOwned(endUsers, tenant, id);
      return found && toEndUser(found);
    },
    async revise(tenant, id, change) {
      const found = await revise(endUsers, tenant, id, () => change);
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

function namingOf(endUser: EndUser & { externalId: string }): Naming<'eu', StoredEndUser> {
  const { id: requestedId, projectId, mode, externalId } = endUser;
  return {
    scope: { projectId, mode, endUserId: null },
    externalId,
    requestedId,
    document: (id) => documentOf(endUser, id, requestedId),
  };
}

function documentOf({ id: _, ...rest }: EndUser, id: EndUserId, requestedId: EndUserId | null): StoredEndUser {
  return { _id: id, endUserId: id, requestedId, ...rest };
}

function toNamed({ document, isOwn }: NamedResult<StoredEndUser>): Named<EndUser> {
  return { item: toEndUser(document), isOwn };
}

function toEndUser({ _id, endUserId: _e, requestedId: _r, ...rest }: StoredEndUser): EndUser {
  return { id: _id, ...rest };
}
