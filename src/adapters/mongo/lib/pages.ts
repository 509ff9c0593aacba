import type { Page } from '../../../ports/page.ts';

/** A page out of one item more than it holds, which tells whether there is a next one. */
export function pageOf<T, C>(found: T[], limit: number, cursorOf: (last: T) => C): Page<T, C> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
