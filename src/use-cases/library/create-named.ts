import { alreadyExists, notFound } from '../../domain/shared/errors.ts';
import type { Named } from '../../ports/library/library-store.ts';

interface NamedStore<T> {
  createNamed(item: T): Promise<Named<T>>;
  findNamed(item: T): Promise<Named<T> | null>;
}

interface CreateOptions<T> {
  /** What it is, for people. */
  what: string;
  store: NamedStore<T>;
  /** A request whose outcome is known already changes nothing any more. */
  isReplay: boolean;
  /** Changes what has the external id; null when it is gone. Unset: it is left alone. */
  update: ((standing: T) => Promise<T | null>) | undefined;
}

/**
 * Creates something under an external id, or changes what has it.
 * @throws AskError `already_exists` when something has it and there is no `update`; `not_found` when what an earlier attempt made is gone
 */
export async function createNamed<T extends { id: string }>(
  item: T,
  { what, store, isReplay, update }: CreateOptions<T>,
): Promise<{ item: T; isNew: boolean }> {
  for (;;) {
    const found = isReplay ? await store.findNamed(item) : await store.createNamed(item);
    if (found?.isOwn) return { item: found.item, isNew: true };
    if (found === null || (isReplay && update === undefined)) throw notFound(what, item.id);
    if (isReplay) return { item: found.item, isNew: false };
    if (update === undefined) throw alreadyExists(what, found.item.id);
    const updated = await update(found.item);
    // Deleted in between: then it is free.
    if (updated !== null) return { item: updated, isNew: false };
  }
}
