import type { ChunkId } from '../../shared/ids.ts';
import { wordShare } from '../question/word-share.ts';
import { bestFirst, type Candidate, type Scored } from './candidate.ts';

/** How slowly the weight of a rank falls. Small, for the lists are a hundred passages deep, not thousands. */
const RANK_CONSTANT = 20;
/** The weight of a search by words whose best hit holds all of the question's; that of the search by meaning is the rest. */
const MOST_WEIGHT_OF_WORDS = 0.6;

/** What one search found, best first, and how much it counts beside the others. */
export interface RankedList {
  found: readonly Candidate[];
  weight: number;
}

/**
 * Reciprocal rank fusion: a passage counts by its places in the lists, not by scores that are not comparable between
 * them. 1 is the first place in every list.
 */
export function fuse(lists: readonly RankedList[]): Scored[] {
  const fused = new Map<ChunkId, Scored>();
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  for (const { found, weight } of lists) {
    for (const [rank, candidate] of found.entries()) {
      const share = ((RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + rank)) * (weight / total);
      fused.set(candidate.id, { ...candidate, score: (fused.get(candidate.id)?.score ?? 0) + share });
    }
  }
  return bestFirst([...fused.values()]);
}

/**
 * How much a search by words counts beside one by meaning: as far as its best hit holds the question's words. Where that
 * holds few of them, the words are others than those that were spoken, and the list is mostly chance.
 */
export function weightOfWords(question: string, found: readonly Candidate[]): number {
  const [best] = found;
  return best === undefined ? 0 : MOST_WEIGHT_OF_WORDS * wordShare(question, best.text);
}
