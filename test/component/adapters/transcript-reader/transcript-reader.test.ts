import { readdirSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTranscriptReader } from '../../../../src/adapters/transcript-reader/create-transcript-reader.ts';
import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import type { ReadTranscriptResult } from '../../../../src/ports/library/transcript-reader.ts';
import { othersDuring } from '../../../support/others.ts';
import { processStat } from '../../../support/process-stat.ts';

const project = idFromBytes('prj', Buffer.alloc(16));
const limits = { heapMb: 128, cpuMs: 60_000, wallMs: 600_000, waiting: 3 };
const bytes = (text: string) => ({
  contentType: 'application/json' as const,
  charset: null,
  source: { bytes: Buffer.from(text) },
});
const json = (count: number) =>
  JSON.stringify({
    segments: Array.from({ length: count }, (_, i) => ({ start: count - i, end: count - i + 1, text: `Line ${i}.` })),
  });

async function all({ batches, ...summary }: ReadTranscriptResult) {
  const sizes: number[] = [];
  const segments: Segment[] = [];
  for await (const batch of batches) {
    sizes.push(batch.length);
    segments.push(...batch);
  }
  return { summary, sizes, segments };
}

const reader = createTranscriptReader({ small: limits, large: limits });
afterAll(() => reader.close());

test('segments come ordered and some at a time, after what is known of them', async () => {
  const { summary, sizes, segments } = await reader.read(project, bytes(json(1_203)), all);
  expect(summary).toMatchObject({ sourceFormat: 'json', segmentCount: 1_203, durationMs: 1_204_000 });
  expect(sizes).toEqual([500, 500, 203]);
  expect(segments.map(({ text }) => text)).toEqual(Array.from({ length: 1_203 }, (_, i) => `Line ${1_202 - i}.`));
});

test('a large body is read from its file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ask-reader-'));
  const text = `${json(3)}${' '.repeat(2 * 1024 * 1024)}`;
  await writeFile(join(directory, 'body'), text);
  const file = await open(join(directory, 'body'));
  const source = { fd: file.fd, size: text.length };
  const { segments } = await reader.read(project, { contentType: 'application/json', charset: null, source }, all);
  expect(segments).toHaveLength(3);
  await file.close();
  await rm(directory, { recursive: true });
}, 30_000);

test('a refusal names the first bad place, and others are served while it is looked for', async () => {
  const bad = `{"segments":[${'{},'.repeat(300_000)}{}]}`;
  let refusal: unknown;
  const turns = await othersDuring(async () => {
    refusal = await reader.read(project, bytes(bad), all).catch((error: unknown) => error);
  });
  expect(refusal).toMatchObject({ kind: 'invalid_request', details: { field: 'segments.0.start' } });
  // A process that read it itself would serve nobody in between.
  expect(turns).toBeGreaterThan(10);
}, 30_000);

test('millions of objects are refused before any is built', async () => {
  const many = `{"segments":[${'{},'.repeat(2_100_000)}{}]}`;
  await expect(reader.read(project, bytes(many), all)).rejects.toMatchObject({
    kind: 'payload_too_large',
    details: { field: 'body', limit: 2_000_000 },
  });
}, 60_000);

const tooMuch = {
  kind: 'payload_too_large',
  details: { field: 'body', reason: expect.stringContaining('memory or time') },
};

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'a small one is read at low priority; the thread of a large one ends, and its memory with it',
  async () => {
    const bounded = createTranscriptReader({ small: limits, large: limits });
    const before = lowThreads();
    await bounded.read(project, bytes(`${json(2)}${' '.repeat(1024 * 1024)}`), all);
    expect(lowThreads()).toBe(before);
    await bounded.read(project, bytes(json(2)), all);
    expect(lowThreads()).toBe(before + 1);
    await bounded.close();
  },
  30_000,
);

/** How many threads of this process let others go first. */
function lowThreads(): number {
  return readdirSync('/proc/self/task').filter((id) => processStat(`self/task/${id}`)?.nice === 10).length;
}

test('one that takes too much memory is refused, and the reader lives on', async () => {
  const bounded = createTranscriptReader({ small: limits, large: { ...limits, heapMb: 16 } });
  await expect(bounded.read(project, bytes(json(200_000)), all)).rejects.toMatchObject(tooMuch);
  const next = bytes(`${json(2)}${' '.repeat(1024 * 1024)}`);
  expect((await bounded.read(project, next, all)).segments).toHaveLength(2);
  await bounded.close();
}, 60_000);

test('one that takes too much time of the processor is refused', async () => {
  const bounded = createTranscriptReader({ small: limits, large: { ...limits, cpuMs: 0 } });
  await expect(bounded.read(project, bytes(json(300_000)), all)).rejects.toMatchObject(tooMuch);
  await bounded.close();
}, 60_000);
