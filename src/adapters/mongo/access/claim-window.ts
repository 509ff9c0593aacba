import type { Collection } from '../lib/collection.ts';

interface Claim {
  _id: string;
  /** When the window began. */
  startedAt: Date;
}

interface At {
  name: string;
  now: Date;
  lengthMs: number;
}

/** Where a window stands in time that no request may open any more. */
const NEVER = new Date(0);

/**
 * Finds the window of time that is open for a name, or opens one that begins now. At most one is open at a time, for
 * all processes, also for those on both sides of an interval's border.
 *
 * A window lasts `lengthMs` and is filed under the interval of that length in which it began, so at most one begins in
 * each, and only this interval's and the last one's can be open. Opening one is an insert, which is atomic on every server;
 * a compare-and-set is not (`ferretdb.ts`). Before it, the last interval is closed by an insert where no window began in it:
 * a request that is still in that interval then opens the next interval's window.
 * @param open makes the document of a window with this id, which began at this time.
 */
export async function claimWindow<D extends Claim>(
  windows: Collection<D>,
  { name, now, lengthMs }: At,
  open: (id: string, startedAt: Date) => D,
): Promise<{ window: D; opened: boolean }> {
  const interval = Math.floor(now.getTime() / lengthMs);
  const idOf = (number: number) => `${name}/${number}`;
  const [current, last] = await Promise.all([windows.get(idOf(interval)), windows.get(idOf(interval - 1))]);
  if (current !== null && !isClosed(current)) return { window: current, opened: false };
  // Somebody whose clock is ahead has closed this interval.
  if (current !== null) return claimWindow(windows, { name, now: new Date((interval + 1) * lengthMs), lengthMs }, open);
  if (last !== null && last.startedAt.getTime() + lengthMs > now.getTime()) return { window: last, opened: false };
  if (last !== null || (await windows.insert(open(idOf(interval - 1), NEVER)))) {
    const made = open(idOf(interval), now);
    if (await windows.insert(made)) return { window: made, opened: true };
  }
  return claimWindow(windows, { name, now, lengthMs }, open);
}

function isClosed({ startedAt }: Claim): boolean {
  return startedAt.getTime() === NEVER.getTime();
}
