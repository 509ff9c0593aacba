import type { Collection } from '../lib/collection.ts';

interface Claim {
  _id: string;
  /** When the window began. */
  startedAt: Date;
}

/**
 * Finds the window of time that is open for a name, or opens one that begins now. At most one is open at a time, for
 * all processes.
 *
 * A window lasts `lengthMs` and is filed under the interval of that length in which it began, so at most one begins in
 * each, and only this interval's and the last one's can be open. Opening one is a single insert, which is atomic on
 * every server; a compare-and-set is not (`ferretdb.ts`).
 * @param open makes the document of a new window with this id.
 */
export async function claimWindow<D extends Claim>(
  windows: Collection<D>,
  at: { name: string; now: Date; lengthMs: number },
  open: (id: string) => D,
): Promise<{ window: D; opened: boolean }> {
  const standing = await openWindow(windows, at);
  if (standing !== null) return { window: standing, opened: false };
  const made = open(idOf(at, 0));
  if (await windows.insert(made)) return { window: made, opened: true };
  return claimWindow(windows, at, open);
}

/** The open window of a name; null when there is none. */
export async function openWindow<D extends Claim>(
  windows: Collection<D>,
  at: { name: string; now: Date; lengthMs: number },
): Promise<D | null> {
  const [current, last] = await Promise.all([windows.get(idOf(at, 0)), windows.get(idOf(at, 1))]);
  if (current !== null) return current;
  return last !== null && last.startedAt.getTime() + at.lengthMs > at.now.getTime() ? last : null;
}

function idOf({ name, now, lengthMs }: { name: string; now: Date; lengthMs: number }, back: number): string {
  return `${name}/${Math.floor(now.getTime() / lengthMs) - back}`;
}
