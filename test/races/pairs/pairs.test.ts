import { setTimeout as sleep } from 'node:timers/promises';
import { OPERATIONS } from './operations.ts';
import { aScene, expectSound, type Scene, settled } from './scene.ts';
import { type PairStack, startPairStack } from './stack.ts';

/** Cells at a time: more of them only wait for each other on two cores. */
const AT_ONCE = 4;
/** Cells that share a kill or a freeze of the worker. */
const BATCH = 22;
/** `npm run verify:races` takes a thousand. */
const RANDOM_PAIRS = Number(process.env.TEST_RACE_PAIRS ?? 4);
const LONGEST_DISTANCE_MS = 600;

let stack: PairStack;
beforeAll(async () => {
  stack = await startPairStack();
}, 120_000);
afterAll(() => stack?.stop(), 60_000);

const names = Object.keys(OPERATIONS);
/** In both orders, because the first side is the one that is held. */
const EVERY_PAIR = names.flatMap((one) => names.map((other) => [one, other] as const));
type Pair = (typeof EVERY_PAIR)[number];
/** All pairs in each mode take longer than CI has: it takes one in twenty-six, and `npm run verify:races` all of them. */
const STRIDE = process.env.TEST_RACE_PAIRS === undefined ? 26 : 1;
const PAIRS = EVERY_PAIR.filter((_, i) => i % STRIDE === 0);

/** A cell takes a second or two on a machine that is free; one that does not end is named. */
const CELL_MS = 60_000;

async function withinTime(cell: Promise<void>): Promise<void> {
  const late = sleep(CELL_MS, 'late', { ref: false });
  if ((await Promise.race([cell, late])) === 'late') throw new Error('it did not end');
}

/** Longer than the other side takes, unless it waits for the one that is held. */
const WAITS_FOR_FIRST_MS = 5_000;

const run = (name: string, scene: Scene) => OPERATIONS[name]?.run(scene, stack);

/** Runs every pair, some at a time. @returns what went wrong, by pair */
async function everyPair(cell: (pair: Pair) => Promise<void>, pairs = PAIRS): Promise<Record<string, string>> {
  const queue = [...pairs];
  const wrong: Record<string, string> = {};
  const work = async () => {
    for (let pair = queue.shift(); pair !== undefined; pair = queue.shift()) {
      await withinTime(cell(pair)).catch((error: unknown) => {
        wrong[(pair ?? []).join(' × ')] = String(error).slice(0, 500);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return wrong;
}

async function sideBySide([one, other]: Pair): Promise<void> {
  const scene = await aScene(await stack.client());
  await Promise.all([run(one, scene), run(other, scene)]);
  await settled(scene);
  await expectSound(scene);
}

/** One side is held between its look and its write until the other one is done, or waits for it. */
async function heldBetween([one, other]: Pair): Promise<void> {
  const scene = await aScene(await stack.client());
  const hold = stack.hold(OPERATIONS[one]?.held(scene) ?? { command: '', collection: '' });
  const first = run(one, scene);
  // Some operations end without that call: a turn that nobody reads along publishes nothing.
  await Promise.race([hold.reached, first]);
  const second = run(other, scene);
  // What waits for the held call itself ends only after it.
  await Promise.race([second, sleep(WAITS_FOR_FIRST_MS)]);
  hold.release();
  await Promise.all([first, second]);
  await settled(scene);
  await expectSound(scene);
}

/** The other side begins at any moment of the first one. */
async function atRandomDistance([one, other]: Pair): Promise<void> {
  const scene = await aScene(await stack.client());
  const first = run(one, scene);
  await sleep(Math.random() * LONGEST_DISTANCE_MS);
  await Promise.all([first, run(other, scene)]);
  await settled(scene);
  await expectSound(scene);
}

test('side by side', async () => {
  expect(await everyPair(sideBySide)).toEqual({});
}, 600_000);

test('held between', async () => {
  expect(await everyPair(heldBetween)).toEqual({});
}, 600_000);

test('over an index that takes 400 ms for each upsert', async () => {
  stack.slow('/upsert', 400);
  expect(await everyPair(sideBySide)).toEqual({});
  stack.slow('/upsert', 0);
}, 600_000);

const random = Array.from({ length: RANDOM_PAIRS }, () => PAIRS[Math.floor(Math.random() * PAIRS.length)] as Pair);

test(
  `${RANDOM_PAIRS} at random distances`,
  async () => {
    expect(await everyPair(atRandomDistance, random)).toEqual({});
  },
  60_000 + RANDOM_PAIRS * 4_000,
);

/** Some pairs at a time, because what happens to the worker happens to all of them. */
async function inBatches(strike: (pairs: readonly Pair[], scenes: readonly Scene[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < PAIRS.length; from += BATCH) {
    const pairs = PAIRS.slice(from, from + BATCH);
    const scenes = await Promise.all(pairs.map(async () => aScene(await stack.client())));
    await strike(pairs, scenes);
    for (const scene of scenes) {
      await settled(scene);
      await expectSound(scene);
    }
  }
}

/** Begins the first side of each pair, and holds it between its look and its write. */
async function heldFirsts(pairs: readonly Pair[], scenes: readonly Scene[]) {
  const begun = pairs.map(([one], i) => {
    const scene = scenes[i] as Scene;
    const hold = stack.hold(OPERATIONS[one]?.held(scene) ?? { command: '', collection: '' });
    return { hold, first: run(one, scene) };
  });
  await Promise.all(begun.map(({ hold, first }) => Promise.race([hold.reached, first, sleep(10_000)])));
  const release = () => {
    for (const { hold } of begun) hold.release();
  };
  return { firsts: begun.map(({ first }) => first), release };
}

const seconds = (pairs: readonly Pair[], scenes: readonly Scene[]) =>
  pairs.map(([, other], i) => run(other, scenes[i] as Scene));

test('killed between', async () => {
  await inBatches(async (pairs, scenes) => {
    const { firsts, release } = await heldFirsts(pairs, scenes);
    await stack.killWorker();
    release();
    const others = seconds(pairs, scenes);
    await stack.startWorker();
    await Promise.all([...firsts, ...others]);
  });
}, 600_000);

// The last one, because the frozen workers go on beside the others.
test('frozen between', async () => {
  await inBatches(async (pairs, scenes) => {
    const { firsts, release } = await heldFirsts(pairs, scenes);
    const thaw = await stack.freezeWorker();
    try {
      release();
      await Promise.all([...firsts, ...seconds(pairs, scenes)]);
    } finally {
      thaw();
    }
  });
}, 600_000);

test('and in the end nothing is unowned, unreachable, unfinished or dangling', async () => {
  // Erasures and idle sessions end by themselves; a finding must outlast them.
  let findings = await stack.audit();
  for (let looks = 0; findings.length > 0 && looks < 30; looks++) {
    await sleep(1_000);
    findings = await stack.audit();
  }
  expect(findings).toEqual([]);
}, 120_000);
