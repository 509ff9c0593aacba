import { runInNewContext } from 'node:vm';

/** Far above what a long text takes, far below what the square of its length would: hours, in these tests. */
const ENDLESS_MS = 60_000;

/** What `work` gives. @throws when it goes on and on, as a pattern that starts anew at every character does. */
export function inLinearTime<T>(work: () => T): T {
  return runInNewContext('work()', { work }, { timeout: ENDLESS_MS });
}
