import { setTimeout as sleep, setImmediate as yieldToOthers } from 'node:timers/promises';

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

/** The longest rest, in milliseconds: who waits for a slow server does not hold up others. */
const MAX_REST_MS = 250;

/**
 * The items one by one. Before each further one it rests as long as the work on the last one took, so that large work
 * leaves half of the process and of its servers to others.
 */
export async function* restBetween<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let restMs = 0;
  for await (const item of items) {
    if (restMs > 0) await sleep(restMs);
    const begin = performance.now();
    yield item;
    restMs = Math.min(performance.now() - begin, MAX_REST_MS);
  }
}
