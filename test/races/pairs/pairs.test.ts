import { setTimeout as sleep } from 'node:timers/promises';
import { cellsOn, everyPair, type Pair, pairsOf } from './cells.ts';
import { type PairStack, startPairStack } from './stack.ts';

/** `npm run verify:races` takes a thousand, and each other mode with either side first. */
const { TEST_RACE_PAIRS } = process.env;
const RANDOM_PAIRS = Number(TEST_RACE_PAIRS ?? 4);
const ROUNDS = TEST_RACE_PAIRS === undefined ? [0] : [0, 1];
const LONGEST_DISTANCE_MS = 600;

let stack: PairStack;
let cells: ReturnType<typeof cellsOn>;
beforeAll(async () => {
  stack = await startPairStack();
  cells = cellsOn(stack);
}, 120_000);
afterAll(() => stack?.stop(), 60_000);

// What a lost worker had begun comes back after its timeouts. Other cells run meanwhile.
test.each(ROUNDS)(
  'frozen between, others over an index that takes 400 ms for each upsert, and others held between (round %d)',
  async (round) => {
    const stopped: (() => Promise<void>)[] = [];
    const frozen = await cells.struck('frozen between', pairsOf(round), async () => {
      const worker = await stack.freezeWorker();
      stopped.push(() => worker.stop());
      return () => worker.thaw();
    });
    stack.slow('/upsert', 400);
    const slow = await everyPair('slow index', pairsOf(round), cells.sideBySide);
    stack.slow('/upsert', 0);
    // The other side of each pair is the first one here, so that CI takes both orders.
    const held = await everyPair('held between', pairsOf(1 - round), cells.heldBetween);
    expect({ ...slow, ...held, ...(await frozen.ended) }).toEqual({});
    for (const stop of stopped) await stop();
  },
  600_000,
);

test.each(ROUNDS)(
  'killed between, and others side by side (round %d)',
  async (round) => {
    const killed = await cells.struck('killed between', pairsOf(round), async () => {
      await stack.killWorker();
      const started = stack.startWorker();
      return () => started;
    });
    const wrong = await everyPair('side by side', pairsOf(round), cells.sideBySide);
    expect({ ...wrong, ...(await killed.ended) }).toEqual({});
  },
  600_000,
);

test(
  `${RANDOM_PAIRS} at random distances`,
  async () => {
    const every = [...pairsOf(0), ...pairsOf(1)];
    const random = Array.from({ length: RANDOM_PAIRS }, () => every[Math.floor(Math.random() * every.length)] as Pair);
    const atDistance = (pair: Pair) => cells.atRandomDistance(pair, LONGEST_DISTANCE_MS);
    expect(await everyPair('random distance', random, atDistance)).toEqual({});
  },
  60_000 + RANDOM_PAIRS * 4_000,
);

test('and in the end nothing is unowned, unreachable, unfinished or dangling', async () => {
  // Erasures and idle sessions end by themselves; a finding must outlast them.
  let { findings } = await stack.audit();
  for (let looks = 0; findings.length > 0 && looks < 60; looks++) {
    await sleep(1_000);
    ({ findings } = await stack.audit());
  }
  expect(findings).toEqual([]);
}, 600_000);
