import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** Others of the same process wait this long at most, in milliseconds. */
const MAX_BLOCK_MS = 10;

/** The items one by one, with pauses in which the process does what else it has to do: for texts that take seconds. */
export async function* yieldCooperatively<T>(items: Iterable<T>): AsyncGenerator<T> {
  let deadline = performance.now() + MAX_BLOCK_MS;
  for (const item of items) {
    yield item;
    if (performance.now() < deadline) continue;
    await yieldToOthers();
    deadline = performance.now() + MAX_BLOCK_MS;
  }
}
