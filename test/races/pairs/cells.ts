import { setTimeout as sleep } from 'node:timers/promises';
import { OPERATIONS } from './operations.ts';
import { type Scene, sceneMaker } from './scene.ts';
import type { PairStack } from './stack.ts';

export type Pair = readonly [first: string, other: string];
/** What went wrong, by mode and pair. */
export type Wrong = Record<string, string>;

const NAMES = Object.keys(OPERATIONS);

/** Every pair once. The first side is the one that is held: which side that is changes with the round, 0 or 1. */
export function pairsOf(round: number): Pair[] {
  return NAMES.flatMap((one, i) =>
    NAMES.slice(i).map((other, j): Pair => ((j + round) % 2 === 0 ? [one, other] : [other, one])),
  );
}

/** Cells at a time: more of them only wait for each other on two cores. */
const AT_ONCE = 8;
/** Some steps of a worker that died are repeated after half a minute, on a machine that may be busy. */
const CELL_MS = 240_000;

/** Runs a cell for each pair. */
export async function everyPair(
  mode: string,
  pairs: readonly Pair[],
  cell: (pair: Pair, index: number) => Promise<unknown>,
  atOnce = AT_ONCE,
): Promise<Wrong> {
  const wrong: Wrong = {};
  const queue = pairs.entries();
  const work = async () => {
    for (const [index, pair] of queue) {
      await withinTime(cell(pair, index)).catch((error: unknown) => {
        wrong[`${mode}: ${pair.join(' × ')}`] = String(error).slice(0, 500);
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pairs.length) }, work));
  return wrong;
}

async function withinTime(cell: Promise<unknown>): Promise<void> {
  const late = sleep(CELL_MS, 'late', { ref: false });
  if ((await Promise.race([cell, late])) === 'late') throw new Error('it did not end');
}

/** Longer than the other side takes, unless it waits for the one that is held. */
const WAITS_FOR_FIRST_MS = 3_000;
/** Longer than the first sides of all pairs take to where they are held. */
const ALL_HELD_MS = 5_000;

/** The cells of each mode. Each cell has a scene of its own, and must leave it sound. */
export function cellsOn(stack: PairStack) {
  const scenes = sceneMaker(() => stack.client());
  const run = (name: string, scene: Scene) => OPERATIONS[name]?.run(scene, stack);

  async function inScene(act: (scene: Scene) => Promise<unknown>): Promise<void> {
    const scene = await scenes.make();
    await act(scene);
    await scenes.close(scene);
  }

  /** Begins an operation that is held between its look and its write. */
  function begin(name: string, scene: Scene) {
    const hold = stack.hold(OPERATIONS[name]?.held(scene) ?? { command: '', collection: '' });
    const first = Promise.resolve(run(name, scene));
    // Some operations end without that call: a turn that nobody reads along publishes nothing.
    const isHeld = Promise.race([hold.reached, first.catch(() => undefined)]);
    return { first, isHeld, release: hold.release };
  }

  return {
    sideBySide: ([one, other]: Pair) => inScene((scene) => Promise.all([run(one, scene), run(other, scene)])),

    /** The first side is held until the other one is done, or waits for it. */
    heldBetween: ([one, other]: Pair) =>
      inScene(async (scene) => {
        const { first, isHeld, release } = begin(one, scene);
        await isHeld;
        const second = run(other, scene);
        await Promise.race([second, sleep(WAITS_FOR_FIRST_MS)]);
        release();
        await Promise.all([first, second]);
      }),

    /** The other side begins at any moment of the first one. */
    atRandomDistance: ([one, other]: Pair, longestMs: number) =>
      inScene(async (scene) => {
        const first = run(one, scene);
        await sleep(Math.random() * longestMs);
        await Promise.all([first, run(other, scene)]);
      }),

    /**
     * Strikes the worker while the first side of every pair is held.
     * @param strike returns what is to be done once both sides of every pair have ended
     * @returns once the other sides have begun: they end when the timeouts of the lost worker have passed
     */
    async struck(mode: string, pairs: readonly Pair[], strike: () => Promise<() => unknown>) {
      const made: Scene[] = [];
      const make = async (_: Pair, i: number) => {
        made[i] = await scenes.make();
      };
      expect(await everyPair(mode, pairs, make)).toEqual({});
      const sceneOf = (i: number) => made[i] as Scene;
      const begun = pairs.map(([one], i) => begin(one, sceneOf(i)));
      await Promise.race([Promise.all(begun.map(({ isHeld }) => isHeld)), sleep(ALL_HELD_MS)]);
      const recover = await strike();
      for (const { release } of begun) release();
      const sides = pairs.map(([, other], i) => Promise.all([begun[i]?.first, run(other, sceneOf(i))]));
      const ended = async () => {
        const wrong = await everyPair(mode, pairs, async (_, i) => sides[i], pairs.length);
        await recover();
        return { ...(await everyPair(mode, pairs, (_, i) => scenes.close(sceneOf(i)))), ...wrong };
      };
      return { ended: ended() };
    },
  };
}
