import { restBetween, yieldCooperatively } from '../../../src/runtime/cooperative-yield.ts';
import { othersDuring } from '../../support/others.ts';

/** Items that each keep the process busy for so many milliseconds. */
function* busy(items: number, ms: number): Generator<number> {
  for (let item = 0; item < items; item++) {
    const until = performance.now() + ms;
    while (performance.now() < until);
    yield item;
  }
}

async function taken(items: Iterable<number>): Promise<number[]> {
  const all: number[] = [];
  for await (const item of yieldCooperatively(items)) all.push(item);
  return all;
}

test('every item comes, in order', async () => {
  expect(await taken(busy(4, 15))).toEqual([0, 1, 2, 3]);
  expect(await taken([])).toEqual([]);
});

test('others have their turn between slices of long work', async () => {
  expect(await othersDuring(() => taken(busy(5, 15)))).toBeGreaterThanOrEqual(4);
});

test('who rests between items takes them all in order, and leaves as much time to others as each took', async () => {
  const all: number[] = [];
  const turns = await othersDuring(async () => {
    for await (const item of restBetween(inTurn(busy(4, 0)))) {
      for (const _ of busy(1, 15));
      all.push(item);
    }
  });
  expect(all).toEqual([0, 1, 2, 3]);
  // Without a rest, nothing but microtasks comes between.
  expect(turns).toBeGreaterThanOrEqual(3);
});

async function* inTurn<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
