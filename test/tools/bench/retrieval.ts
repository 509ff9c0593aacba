/**
 * How fast the local index takes passages in and finds them, through the real SDK and over HTTP, and what memory it
 * takes: `node test/tools/bench/retrieval.ts [--sizes 1x1000,1x100000,1000x100]` (end users x chunks of each). Transcripts
 * are real turns in a random order. At these sizes vectors are synthetic; the last table measures the real model.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import type { PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
import { fillIndex } from '../eval/fill-index.ts';
import { type BenchLibrary, benchLibrary, questions } from '../eval/random-library.ts';
import { median, quantile, timed } from './statistics.ts';

const SEARCHES = 200;
const REAL_CHUNKS = 200;
const settingsSchema = z.object({
  apiKey: z.string(),
  denseHost: z.string(),
  sparseHost: z.string(),
  inferenceHost: z.string(),
});

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '1x1000,1x100000,1000x100' } } });
const sizes = values.sizes.split(',').map((size) => size.split('x').map(Number));
const rows = [];
for (const [endUsers = 1, chunks = 0] of sizes) rows.push(await measureIndex(endUsers, chunks));
console.table(rows);
console.table([await measureModel()]);

/** Fills an index, starts it anew, and searches it. */
async function measureIndex(endUsers: number, chunks: number) {
  return withDirectory(async (directory) => {
    const libraries = Array.from({ length: endUsers }, (_, i) => benchLibrary(chunks, i));
    const filling = await start(directory, 'synthetic');
    const begun = performance.now();
    for (const library of libraries) await fillIndex(filling.passages, library);
    const filled = performance.now();
    await stop(filling.server);
    const { server, passages, startedMs } = await start(directory, 'synthetic');
    const search = (i: number) =>
      passages.search((libraries[i % endUsers] as BenchLibrary).tenant, { texts: [questionOf(i)], limit: 8 });
    const first = await timed(1, 1, search);
    for (let i = 0; i < endUsers; i++) await search(i);
    const times = await timed(SEARCHES, 1, search);
    const memory = await memoryOf(server);
    await stop(server);
    return {
      'end users': endUsers,
      'chunks of each': chunks,
      'chunks in/s': Math.round((endUsers * chunks) / ((filled - begun) / 1000)),
      'start and first search ms': Math.round(startedMs + (first[0] ?? 0)),
      'p50 ms': Number(median(times).toFixed(1)),
      'p95 ms': Number(quantile(times, 0.95).toFixed(1)),
      'memory MB': memory,
    };
  });
}

/** The real model: how fast it embeds chunks and questions, and what it takes. */
async function measureModel() {
  return withDirectory(async (directory) => {
    const library = benchLibrary(REAL_CHUNKS, 0);
    const { server, passages } = await start(directory, 'real');
    const begun = performance.now();
    await fillIndex(passages, library);
    const seconds = (performance.now() - begun) / 1000;
    const times = await timed(50, 1, (i) => passages.search(library.tenant, { texts: [questionOf(i)], limit: 8 }));
    const memory = await memoryOf(server);
    await stop(server);
    return {
      'chunks embedded/s': Number((REAL_CHUNKS / seconds).toFixed(1)),
      'search p50 ms': Number(median(times).toFixed(1)),
      'search p95 ms': Number(quantile(times, 0.95).toFixed(1)),
      'memory MB': memory,
    };
  });
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
  const file = join(import.meta.dirname, '../../support/retrieval-server-process.ts');
  const server = fork(file, [directory, model]);
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

async function memoryOf(server: ChildProcess): Promise<number> {
  const told = once(server, 'message');
  server.send('memory');
  const [said] = await told;
  return Math.round(z.object({ mb: z.number() }).parse(said).mb);
}

async function withDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'ask-bench-'));
  return work(directory).finally(() => rm(directory, { recursive: true }));
}
