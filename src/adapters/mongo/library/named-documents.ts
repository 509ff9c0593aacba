import { type ExternalIdScope, idOfExternal } from '../../../domain/library/external-id.ts';
import type { Id, IdPrefix } from '../../../domain/shared/ids.ts';
import { digest } from '../../../domain/shared/sha256-digest.ts';
import type { Collection } from '../lib/collection.ts';
import type { Tombstones } from '../lib/tombstones.ts';

interface NamedDocument<P extends IdPrefix> {
  _id: Id<P>;
  requestedId: string | null;
}

/** What is to be created under an external id. */
export interface Naming<P extends IdPrefix, D> {
  scope: ExternalIdScope;
  externalId: string;
  /** The id that the request would have given. */
  requestedId: Id<P>;
  document(id: Id<P>): D;
}

/**
 * The document that has an external id; `isOwn` where the same request made it, perhaps in an earlier attempt, and `isNew`
 * where it was made now.
 */
export interface NamedResult<D> {
  document: D;
  isOwn: boolean;
  isNew: boolean;
}

/**
 * Documents that have an external id. The `_id` of such a document follows from the external id, so its insert, which is
 * atomic on every server, decides who is first (`ferretdb.ts`). A tombstone sets the external id free: the next document
 * gets the next id. This rests on tombstones that stay.
 * @param older finds a document from before ids followed from external ids
 */
export function namedDocuments<P extends IdPrefix, D extends NamedDocument<P>>(
  prefix: P,
  collection: Collection<D>,
  tombstones: Pick<Tombstones, 'has'>,
  older: (naming: Naming<P, D>) => Promise<D | null> = async () => null,
) {
  const idAt = ({ scope, externalId }: Naming<P, D>, generation: number) =>
    idOfExternal(prefix, scope, externalId, generation, digest);

  async function find(naming: Naming<P, D>): Promise<{ id: Id<P>; standing: NamedResult<D> | null }> {
    const id = await firstFreeId((generation) => idAt(naming, generation));
    const document = (await collection.get(id)) ?? (await older(naming));
    if (document === null) return { id, standing: null };
    const { requestedId } = naming;
    return {
      id,
      standing: { document, isNew: false, isOwn: [document.requestedId, document._id].includes(requestedId) },
    };
  }

  async function firstFreeId(idOf: (generation: number) => Id<P>): Promise<Id<P>> {
    for (let from = 0, count = 1; ; from += count, count *= 2) {
      const ids = Array.from({ length: count }, (_, i) => idOf(from + i));
      const gone = await Promise.all(ids.map((id) => tombstones.has(id)));
      const free = ids[gone.indexOf(false)];
      if (free !== undefined) return free;
    }
  }

  return {
    find: async (naming: Naming<P, D>) => (await find(naming)).standing,

    /** Creates the document unless another one has the external id. */
    async create(naming: Naming<P, D>): Promise<NamedResult<D>> {
      for (;;) {
        const { id, standing } = await find(naming);
        if (standing !== null) return standing;
        const document = naming.document(id);
        const isNew = await collection.insert(document);
        // Meanwhile it may have been created and deleted by others, and a deleted id must not come back.
        if (await tombstones.has(id)) await collection.remove({ _id: id });
        else if (isNew) return { document, isNew: true, isOwn: true };
      }
    },
  };
}
