import { FairQueue, QueueFull } from '../../../../src/domain/access/fair-queue.ts';

/** Work that ends when it is told to, and says when it begins. */
function tasks(queue: FairQueue) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  return {
    begun,
    add: (owner: string, name: string) =>
      queue.run(owner, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
      }),
    endOne: async () => {
      ends.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

test('one piece at a time, and owners in turn', async () => {
  const { begun, add, endOne } = tasks(new FairQueue());
  const all = [add('a', 'a1'), add('a', 'a2'), add('a', 'a3'), add('b', 'b1'), add('c', 'c1')];
  const seen: string[][] = [];
  for (let i = 0; i < 5; i++) {
    await new Promise(setImmediate);
    seen.push([...begun]);
    await endOne();
  }
  await Promise.all(all);
  expect(seen.map((each) => each.at(-1))).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
  expect(seen.map((each) => each.length)).toEqual([1, 2, 3, 4, 5]);
});

test('an owner gets the places that the owner may have by now', async () => {
  let perOwner = 1;
  const { begun, add, endOne } = tasks(new FairQueue({ slots: 3, perOwner: () => perOwner }));
  const all = ['a1', 'a2', 'a3', 'a4'].map((name) => add('a', name));
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1']);
  perOwner = 2;
  await endOne();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
  for (let i = 0; i < 3; i++) await endOne();
  await Promise.all(all);
});

test('an owner with too much waiting work is refused, another one is not', async () => {
  const { add, endOne } = tasks(new FairQueue({ maxWaiting: 1 }));
  const [running, waiting] = [add('a', 'a1'), add('a', 'a2')];
  await expect(add('a', 'a3')).rejects.toThrow(QueueFull);
  const other = add('b', 'b1');
  for (let i = 0; i < 3; i++) await endOne();
  await Promise.all([running, waiting, other]);
});

test('work that fails makes room for the next', async () => {
  const queue = new FairQueue();
  await expect(queue.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await queue.run('a', async () => 'yes')).toBe('yes');
});

test('an owner with much work leaves slots to others', async () => {
  const { begun, add, endOne } = tasks(new FairQueue({ slots: 2, perOwner: 1 }));
  const all = [add('a', 'a1'), add('a', 'a2'), add('b', 'b1'), add('c', 'c1')];
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'b1']);
  await endOne();
  expect(begun).toEqual(['a1', 'b1', 'a2']);
  await endOne();
  expect(begun).toEqual(['a1', 'b1', 'a2', 'c1']);
  for (let i = 0; i < 2; i++) await endOne();
  await Promise.all(all);
});

test('whoever is told to leaves the line, and the one behind takes the place', async () => {
  const queue = new FairQueue();
  const { begun, add, endOne } = tasks(queue);
  const first = add('a', 'a1');
  const leaving = new AbortController();
  const left = queue.run('a', async () => 'never', leaving.signal);
  const last = add('a', 'a3');
  leaving.abort(new Error('no longer wanted'));
  await expect(left).rejects.toThrow('no longer wanted');
  await endOne();
  expect(begun).toEqual(['a1', 'a3']);
  await endOne();
  await Promise.all([first, last]);
  await expect(queue.run('a', async () => 'never', leaving.signal)).rejects.toThrow('no longer wanted');
});
