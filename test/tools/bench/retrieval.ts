/**
 * How fast passages come into the sandbox's indexes and are found again, through the real SDK and over HTTP:
 * `node test/tools/bench/retrieval.ts [--sizes 1000,10000,100000]`. Transcripts are real turns in a random order.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import type { EndUserTenant, PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
import { libraryOf } from '../eval/library.ts';
import { type Meeting, readMeetings } from '../eval/meetings.ts';
import { median, quantile, timed } from './statistics.ts';

const SEARCHES = 50;
const BATCH = 960;

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '1000,10000,100000' } } });
const meetings = readMeetings();
const questions = meetings.flatMap((meeting) => meeting.questions.map(({ text }) => text));
const turns = meetings.flatMap((meeting) => meeting.segments);
const random = randomFrom(1);

const directory = await mkdtemp(join(tmpdir(), 'ask-bench-'));
const sandbox = fork(join(import.meta.dirname, '../../support/retrieval-server-process.ts'), [directory], {
  execArgv: ['--max-old-space-size=8192'],
});
const [settings] = await once(sandbox, 'message');
const retriever = createPassageRetriever({ ...settings, minDenseScore: 0, timeoutMs: 600_000 });
try {
  const rows = [];
  for (const size of values.sizes.split(',').map(Number)) rows.push(await measure(retriever, size));
  const base = rows[0]?.['p50 ms'] ?? Number.NaN;
  console.table(rows.map((row) => ({ ...row, 'p50 to the first row': Number((row['p50 ms'] / base).toFixed(1)) })));
} finally {
  sandbox.kill();
  await rm(directory, { recursive: true });
}

/** Fills a library of its own, then searches it. */
async function measure(passages: PassageRetriever, size: number) {
  const { tenant } = libraryOf([], `bench ${size}`);
  const start = performance.now();
  let segments = 0;
  for (let count = 0; count < size; ) {
    const { chunks, segments: spoken } = transcript(size, count);
    const next = chunks.slice(0, size - count);
    await passages.upsert(tenant, next);
    count += next.length;
    segments += (spoken * next.length) / chunks.length;
  }
  const written = performance.now();
  const search = (i: number) => passages.search(tenant, queryOf(i));
  await search(0);
  const firstSearch = performance.now() - written;
  const times = await timed(SEARCHES, 1, search);
  const seconds = (performance.now() - start - times.reduce((sum, time) => sum + time, 0)) / 1000;
  return {
    chunks: size,
    'segments/s': Math.round(segments / seconds),
    'chunks/s': Math.round(size / seconds),
    'first search ms': Math.round(firstSearch),
    'p50 ms': Math.round(median(times)),
    'p95 ms': Math.round(quantile(times, 0.95)),
  };
}

function queryOf(i: number) {
  return { texts: [questions[i % questions.length] as string], limit: 8 };
}

/** About a batch of chunks of one meeting that never was. */
function transcript(size: number, part: number): { tenant: EndUserTenant; chunks: Chunk[]; segments: number } {
  const segments = Array.from({ length: BATCH * 20 }, (_, i) => {
    const turn = turns[Math.floor(random() * turns.length)] as Meeting['segments'][number];
    return { ...turn, startMs: i * 1000, endMs: i * 1000 + 900 };
  });
  const meeting = {
    name: `part ${part}`,
    series: 'bench',
    title: 'Bench',
    startedAt: '2026-01-05T09:00:00Z',
    segments,
    questions: [],
  };
  return { ...libraryOf([meeting], `bench ${size}`), segments: segments.length };
}

/** A small seeded generator, so that each run measures the same texts. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
