/**
 * How fast the local index takes passages in and finds them, through the real SDK and over HTTP, and what memory it
 * takes: `node test/tools/bench/retrieval/search-speed.ts [--sizes 1x1000,1x100000,1000x100]` (end users x chunks of each). Transcripts
 * are real turns in a random order. At these sizes vectors are synthetic; the last table measures the real model. A filtered
 * search asks for one recording. `--keep FOLDER` keeps the filled indexes there, so that a second run need not fill them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createPassageRetriever } from '../../../../src/adapters/pinecone/passage-retriever.ts';
import type { Chunk } from '../../../../src/domain/library/chunk.ts';
import type { PassageRetriever } from '../../../../src/ports/library/passage-retriever.ts';
import { childEnvironment } from '../../../../src/runtime/config.ts';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../../../../src/runtime/tuning.ts';
import { fillIndex } from '../../eval/fill-index.ts';
import { type BenchLibrary, benchLibrary, questions } from '../../eval/random-library.ts';
import { median, quantile, timed } from '../statistics.ts';

const SEARCHES = 200;
const REAL_CHUNKS = 200;
const settingsSchema = z.object({
  apiKey: z.string(),
  denseHost: z.string(),
  sparseHost: z.string(),
  inferenceHost: z.string(),
});

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1x1000,1x100000,1000x100' }, keep: { type: 'string' } },
});
const sizes = values.sizes.split(',').map((size) => size.split('x').map(Number));
const rows = [];
for (const [endUsers = 1, chunks = 0] of sizes) rows.push(await measureIndex(endUsers, chunks));
console.table(rows);
console.table([await measureModel()]);

/** Fills an index, starts it anew, and searches it. */
async function measureIndex(endUsers: number, chunks: number) {
  const kept = values.keep === undefined ? null : join(values.keep, `${endUsers}x${chunks}`);
  return withDirectory(kept, async (directory) => {
    const libraries = Array.from({ length: endUsers }, (_, i) => benchLibrary(chunks, i));
    const filledIn = existsSync(directory) ? null : await fill(directory, libraries);
    const { server, passages, startedMs } = await start(directory, 'synthetic');
    const search = (i: number) =>
      passages.search((libraries[i % endUsers] as BenchLibrary).tenant, { texts: [questionOf(i)], limit: 8 });
    const searchOne = (i: number) => {
      const { tenant, chunks } = libraries[i % endUsers] as BenchLibrary;
      const { recordingId } = chunks[i % chunks.length] as Chunk;
      return passages.search(tenant, { texts: [questionOf(i)], limit: 8, recordingIds: [recordingId] });
    };
    const first = await timed(1, 1, search);
    for (let i = 0; i < endUsers; i++) await search(i);
    const times = await timed(SEARCHES, 1, search);
    const firstFiltered = await timed(1, 1, searchOne);
    const filtered = await timed(SEARCHES, 1, searchOne);
    const { memoryMb } = await usageOf(server);
    const beside = await usageOf(server, 'usage beside the model');
    await stop(server);
    return {
      'end users': endUsers,
      'chunks of each': chunks,
      'chunks in/s': filledIn === null ? null : Math.round((endUsers * chunks) / filledIn),
      'start and first search ms': Math.round(startedMs + (first[0] ?? 0)),
      'p50 ms': tenths(median(times)),
      'p95 ms': tenths(quantile(times, 0.95)),
      'first filtered ms': tenths(firstFiltered[0] ?? 0),
      'filtered p50 ms': tenths(median(filtered)),
      'filtered p95 ms': tenths(quantile(filtered, 0.95)),
      'memory MB': Math.round(memoryMb),
      'with the model MB': Math.round(beside.memoryMb),
    };
  });
}

/** @returns the seconds that it took. */
async function fill(directory: string, libraries: readonly BenchLibrary[]): Promise<number> {
  const { server, passages } = await start(directory, 'synthetic');
  const begun = performance.now();
  for (const library of libraries) await fillIndex(passages, library);
  const seconds = (performance.now() - begun) / 1000;
  await stop(server);
  return seconds;
}

/** The real model: how fast it embeds chunks and questions, and what it takes. */
async function measureModel() {
  return withDirectory(null, async (directory) => {
    const library = benchLibrary(REAL_CHUNKS, 0);
    const { server, passages } = await start(directory, 'real');
    const search = (i: number) => passages.search(library.tenant, { texts: [questionOf(i)], limit: 8 });
    await fillIndex(passages, { ...library, chunks: library.chunks.slice(0, 1) });
    const before = await usageOf(server);
    const begun = performance.now();
    await fillIndex(passages, library);
    const seconds = (performance.now() - begun) / 1000;
    const after = await usageOf(server);
    const times = await timed(50, 1, search);
    const { memoryMb } = await usageOf(server);
    await stop(server);
    return {
      'chunks embedded/s': tenths((REAL_CHUNKS - 1) / seconds),
      'for each second of a core': tenths((REAL_CHUNKS - 1) / (after.cpuSeconds - before.cpuSeconds)),
      'search p50 ms': tenths(median(times)),
      'search p95 ms': tenths(quantile(times, 0.95)),
      'memory MB': Math.round(memoryMb),
    };
  });
}

function tenths(value: number): number {
  return Number(value.toFixed(1));
}

function questionOf(i: number): string {
  return questions[i % questions.length] as string;
}

interface Started {
  server: ChildProcess;
  passages: PassageRetriever;
  startedMs: number;
}

async function start(directory: string, model: 'real' | 'synthetic'): Promise<Started> {
  const begun = performance.now();
  const file = join(import.meta.dirname, '../../../support/retrieval-server-process.ts');
  // With the memory settings of `npm run retrieval`.
  const server = fork(file, [directory, model], { execArgv: HEAP_FLAGS, env: childEnvironment(MALLOC_ENVIRONMENT) });
  const [said] = await once(server, 'message');
  const settings = settingsSchema.parse(said);
  const passages = createPassageRetriever({ ...settings, minDenseScore: 0, timeoutMs: 600_000 });
  return { server, passages, startedMs: performance.now() - begun };
}

async function stop(server: ChildProcess): Promise<void> {
  const exit = once(server, 'exit');
  server.kill();
  await exit;
}

/** What the server has in memory, and how long it has kept processors busy. */
async function usageOf(server: ChildProcess, asked = 'usage'): Promise<{ memoryMb: number; cpuSeconds: number }> {
  const told = once(server, 'message');
  server.send(asked);
  const [said] = await told;
  return z.object({ memoryMb: z.number(), cpuSeconds: z.number() }).parse(said);
}

/** @param kept a folder that stays; without it the work gets a new one that is removed at the end */
async function withDirectory<T>(kept: string | null, work: (directory: string) => Promise<T>): Promise<T> {
  if (kept !== null) return work(kept);
  const parent = await mkdtemp(join(tmpdir(), 'ask-bench-'));
  return work(join(parent, 'index')).finally(() => rm(parent, { recursive: true }));
}
