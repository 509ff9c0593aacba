import { setImmediate as breathe } from 'node:timers/promises';

/** Others of the same process wait this long at most, in milliseconds. */
const SLICE_MS = 10;

/** The items one by one, with pauses in which the process does what else it has to do: for texts that take seconds. */
export async function* inSlices<T>(items: Iterable<T>): AsyncGenerator<T> {
  let until = performance.now() + SLICE_MS;
  for (const item of items) {
    yield item;
    if (performance.now() < until) continue;
    await breathe();
    until = performance.now() + SLICE_MS;
  }
}
