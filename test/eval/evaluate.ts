import type { Chunk } from '../../src/domain/chunk.ts';
import type { ChunkId } from '../../src/domain/ids.ts';
import type { PassageHit, PassageRetriever } from '../../src/ports/passage-retriever.ts';
import { type EvalLibrary, segmentsOf } from './library.ts';

/** Means over all questions; the last two must be 1 and 0. */
export interface Scores {
  questions: number;
  hitAt1: number;
  hitAt8: number;
  /** The share of the gold segments that the first passages hold. */
  recallAt8: number;
  recallAt40: number;
  /** The same for as many passages as 1,600 words fit: comparable between chunk sizes. */
  recallAt1600Words: number;
  /** Hits that lead to a recording and a time. */
  citable: number;
  /** Hits that belong to another end user. */
  leaks: number;
}

const DEPTH = 40;

/** Asks every question of every meeting in its owner's library. */
export async function evaluate(
  retriever: PassageRetriever,
  libraries: ReadonlyMap<string, EvalLibrary>,
): Promise<Scores> {
  const results: Omit<Scores, 'questions'>[] = [];
  for (const [owner, library] of libraries) {
    const chunks = new Map(library.chunks.map((chunk) => [chunk.id, chunk]));
    for (const meeting of library.meetings) {
      for (const { text, gold } of meeting.questions) {
        const hits = await retriever.search(library.tenant, { texts: [text], limit: DEPTH });
        results.push(scoresOf(hits, chunks, (chunk) => segmentsOf(chunk, meeting, owner), gold));
      }
    }
  }
  const mean = (key: keyof Omit<Scores, 'questions'>) =>
    results.reduce((sum, result) => sum + result[key], 0) / results.length;
  return {
    questions: results.length,
    hitAt1: mean('hitAt1'),
    hitAt8: mean('hitAt8'),
    recallAt8: mean('recallAt8'),
    recallAt40: mean('recallAt40'),
    recallAt1600Words: mean('recallAt1600Words'),
    citable: mean('citable'),
    leaks: results.reduce((sum, { leaks }) => sum + leaks, 0),
  };
}

function scoresOf(
  hits: readonly PassageHit[],
  own: ReadonlyMap<ChunkId, Chunk>,
  segments: (chunk: Chunk) => number[],
  gold: ReadonlySet<number>,
): Omit<Scores, 'questions'> {
  const chunks = hits.flatMap((hit) => own.get(hit.chunkId) ?? []);
  const found = chunks.map((chunk) => segments(chunk).filter((segment) => gold.has(segment)));
  const hitAt = (depth: number) => Number(found.slice(0, depth).some((some) => some.length > 0));
  const recallAt = (depth: number) => new Set(found.slice(0, depth).flat()).size / gold.size;
  const citable = hits.filter((hit) => own.get(hit.chunkId)?.recordingId === hit.recordingId).length;
  return {
    hitAt1: hitAt(1),
    hitAt8: hitAt(8),
    recallAt8: recallAt(8),
    recallAt40: recallAt(40),
    recallAt1600Words: recallAt(depthWithin(1_600, chunks)),
    citable: hits.length === 0 ? 1 : citable / hits.length,
    leaks: hits.length - chunks.length,
  };
}

function depthWithin(words: number, chunks: readonly Chunk[]): number {
  let left = words;
  const over = chunks.findIndex((chunk) => {
    left -= chunk.text.split(/\s+/).length;
    return left < 0;
  });
  return over === -1 ? chunks.length : over;
}
