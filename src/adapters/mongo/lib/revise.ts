import { isDeepStrictEqual } from 'node:util';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import type { Collection, Filter } from './collection.ts';
import { findOwned } from './tenant-filter.ts';

/** Writes until a change is taken for settled. */
const MAX_WRITES = 5;

/**
 * Changes fields of a document, and reads back whether they stand: an update that ran beside it may have written the whole
 * document over it (`ferretdb.ts`).
 * @param changeOf the change of a document that is found like this. It may throw.
 * @param basis what the change rests on: nothing is written where that has changed since it was found. Then the change of
 *   the document as it is now is asked for.
 * @returns the document as it is then; null when it is gone
 */
export async function revise<D extends Owned & { _id: string }>(
  collection: Collection<D>,
  tenant: Tenant,
  id: string,
  changeOf: (found: D) => object | Promise<object>,
  basis: (found: D) => Filter = () => ({}),
): Promise<D | null> {
  for (let writes = 0; ; writes++) {
    const found = await findOwned(collection, tenant, id);
    if (found === null) return null;
    const change = await changeOf(found);
    if (writes === MAX_WRITES || isDeepStrictEqual({ ...found, ...change }, found)) return found;
    await collection.updateAll({ _id: id, ...basis(found) }, { $set: { ...change } });
  }
}
