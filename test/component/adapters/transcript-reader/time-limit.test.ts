import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { whenTimeIsUp } from '../../../../src/adapters/transcript-reader/time-limit.ts';

const SPINS = 'for (;;) Math.random();';
const WAITS = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
const LONG = 600_000;

let worker: Worker;
let endWatch: () => void;
afterEach(async () => {
  endWatch();
  await worker.terminate();
});

function watched(code: string, limit: { cpuMs: number; wallMs: number }): Promise<string> {
  worker = new Worker(code, { eval: true });
  return new Promise((resolve) => {
    endWatch = whenTimeIsUp(worker, limit, () => resolve('up'));
  });
}

test('a thread that spins uses up its time of the processor', async () => {
  expect(await watched(SPINS, { cpuMs: 300, wallMs: LONG })).toBe('up');
}, 60_000);

test('a thread that waits uses up none', async () => {
  const up = watched(WAITS, { cpuMs: 300, wallMs: LONG });
  expect(await Promise.race([up, sleep(1_500, 'goes on')])).toBe('goes on');
}, 60_000);

test('a thread that waits for ever comes to its end all the same', async () => {
  expect(await watched(WAITS, { cpuMs: LONG, wallMs: 300 })).toBe('up');
}, 60_000);
