import { isDeepStrictEqual } from 'node:util';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import type { Collection, Filter } from './collection.ts';
import { findOwned } from './tenant-filter.ts';

/** Looks after an update until it is taken for settled. */
const MAX_LOOKS = 5;

/**
 * Changes fields of a document, and reads back whether they stand: an update that ran beside it may have written the whole
 * document over it (`ferretdb.ts`).
 * @param only changes nothing where this does not hold
 * @returns the document as it is then; null when it is gone
 */
export async function revise<D extends Owned & { _id: string }>(
  collection: Collection<D>,
  tenant: Tenant,
  id: string,
  change: object,
  only: Filter = {},
): Promise<D | null> {
  if ((await findOwned(collection, tenant, id)) === null) return null;
  for (let looks = 1; ; looks++) {
    await collection.updateAll({ _id: id, ...only }, { $set: { ...change } });
    const found = await findOwned(collection, tenant, id);
    if (found === null || looks === MAX_LOOKS || isDeepStrictEqual({ ...found, ...change }, found)) return found;
  }
}
