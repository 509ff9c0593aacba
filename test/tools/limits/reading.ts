/** How long a transcript takes to be read: 64 MiB and 1 MiB of JSON. `npm run bench:reading` */
import { createTranscriptReader } from '../../../src/adapters/transcript-reader/create-transcript-reader.ts';
import { median } from '../bench/statistics.ts';

const MEGABYTE = 1024 * 1024;
const GOALS: [megabytes: number, ms: number][] = [
  [1, 60],
  [64, 6_000],
];
const ROUNDS = 5;

const reader = createTranscriptReader();
for (const [megabytes, goal] of GOALS) {
  const bytes = Buffer.from(jsonOf(megabytes * MEGABYTE));
  await read(bytes);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await read(bytes));
  const found = median(times);
  process.stdout.write(`${megabytes} MiB of JSON: ${found.toFixed(0)} ms at the median; at most ${goal} ms\n`);
  if (found > goal) process.exitCode = 1;
}
await reader.close();

/** @returns ms until the last segment has been handed over */
async function read(bytes: Buffer): Promise<number> {
  const transcript = { contentType: 'application/json', charset: null, source: { bytes } } as const;
  const start = performance.now();
  await reader.read('prj_bench', transcript, async ({ batches }) => {
    for await (const _ of batches);
  });
  return performance.now() - start;
}

function jsonOf(length: number): string {
  const segments: string[] = [];
  for (let i = 0, size = 0; size < length - 400; i++) {
    const text = 'We said that the launch moves to May because the review is late, and nobody minds. '.repeat(2);
    const segment = JSON.stringify({ start: i, end: i + 1, speaker: i % 2 === 0 ? 'Ana' : 'Ben', text });
    segments.push(segment);
    size += segment.length + 1;
  }
  return `{"segments":[${segments.join(',')}]}`;
}
