import type { Page } from '../../../ports/page.ts';

/** Makes a page from items that were read with one more than its limit: the extra item tells that there is a next page. */
export function pageOf<T, C>(found: T[], limit: number, cursorOf: (last: T) => C): Page<T, C> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
