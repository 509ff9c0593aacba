import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import { owns } from '../../../domain/access/tenant.ts';
import type { Collection, Filter } from './collection.ts';

/** Every read by id goes through here: what the tenant does not own does not exist. */
export async function findOwned<D extends Owned & { _id: string }>(
  collection: Collection<D>,
  tenant: Tenant,
  id: string,
): Promise<D | null> {
  const found = await collection.get(id);
  return found !== null && owns(tenant, found) ? found : null;
}

/** The same for several ids in one query, in any order. */
export async function findAllOwned<D extends Owned & { _id: string }>(
  collection: Collection<D>,
  tenant: Tenant,
  ids: readonly string[],
): Promise<D[]> {
  return (await collection.getAll(ids)).filter((found) => owns(tenant, found));
}

/** The same rule as a filter, for lists and erasure. */
export function tenantFilter({ projectId, mode, endUserId }: Tenant): Filter {
  return { projectId, mode, ...(endUserId === null ? {} : { endUserId }) };
}

export function ownerOf({ projectId, mode, endUserId }: Owned): Owned {
  return { projectId, mode, endUserId };
}
