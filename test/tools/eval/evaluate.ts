import type { Chunk } from '../../../src/domain/library/chunk.ts';
import type { ChunkId } from '../../../src/domain/shared/ids.ts';
import type { PassageHit, PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
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
        const ask = (limit: number) => retriever.search(library.tenant, { texts: [text], limit });
        const found = { few: await ask(8), many: await ask(40) };
        results.push(scoresOf(found, chunks, (chunk) => segmentsOf(chunk, meeting, owner), gold));
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
  { few, many }: { few: PassageHit[]; many: PassageHit[] },
  own: ReadonlyMap<ChunkId, Chunk>,
  segments: (chunk: Chunk) => number[],
  gold: ReadonlySet<number>,
): Omit<Scores, 'questions'> {
  const chunksOf = (hits: PassageHit[]) => hits.flatMap((hit) => own.get(hit.chunkId) ?? []);
  const goldIn = (chunk: Chunk) => segments(chunk).filter((segment) => gold.has(segment));
  const recall = (chunks: Chunk[]) => new Set(chunks.flatMap(goldIn)).size / gold.size;
  const hits = [...few, ...many];
  const first = chunksOf(few);
  const all = chunksOf(many);
  return {
    hitAt1: Number(first.slice(0, 1).some((chunk) => goldIn(chunk).length > 0)),
    hitAt8: Number(first.some((chunk) => goldIn(chunk).length > 0)),
    recallAt8: recall(first),
    recallAt40: recall(all),
    recallAt1600Words: recall(within(1_600, all)),
    citable: hits.filter((hit) => own.get(hit.chunkId)?.recordingId === hit.recordingId).length / (hits.length || 1),
    leaks: hits.filter((hit) => !own.has(hit.chunkId)).length,
  };
}

/** The first chunks that together have at most so many words. */
function within(words: number, chunks: readonly Chunk[]): Chunk[] {
  let left = words;
  const over = chunks.findIndex((chunk) => {
    left -= chunk.text.split(/\s+/).length;
    return left < 0;
  });
  return over === -1 ? [...chunks] : chunks.slice(0, over);
}
