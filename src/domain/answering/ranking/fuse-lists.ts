import type { ChunkId } from '../../shared/ids.ts';
import { wordShare } from '../question/word-share.ts';
import { bestFirst, type Candidate, type Scored } from './candidate.ts';

/** The weight of a search by words whose best hit holds all of the question's; that of the search by meaning is the rest. */
const MOST_WEIGHT_OF_WORDS = 0.6;

/** What one search found, best first, with scores that are comparable within the list alone. */
export interface FoundList {
  found: readonly (Candidate & { indexScore: number })[];
  /** The score of what has nothing to do with the question: it counts nothing. */
  leastScore: number;
  /** How much it counts beside the others. */
  weight: number;
}

/** What the last of a list counts: it was found all the same. */
const LEAST_SHARE = 0.05;

/**
 * Adds up the scores of a passage, each as a share of the way from its list's least to its best one. Unlike places, they
 * tell whether the first passage is far better than the second. 1 is the best of every list.
 */
export function fuse(lists: readonly FoundList[]): Scored[] {
  const fused = new Map<ChunkId, Scored>();
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  for (const { found, leastScore, weight } of lists) {
    const range = (found[0]?.indexScore ?? 0) - leastScore;
    for (const candidate of found) {
      const above = range > 0 ? (candidate.indexScore - leastScore) / range : 1;
      const share = LEAST_SHARE + (1 - LEAST_SHARE) * above;
      const before = fused.get(candidate.id)?.score ?? 0;
      fused.set(candidate.id, { ...candidate, score: before + share * (weight / total) });
    }
  }
  return bestFirst([...fused.values()]);
}

/**
 * How much a search by words counts beside one by meaning: as far as its best hit holds the question's words, the rare
 * ones above all. Where that holds few of them, the words are others than those that were spoken, and the list is mostly chance.
 */
export function weightOfWords(question: string, found: readonly Candidate[]): number {
  const texts = found.map(({ text }) => text);
  const [best] = texts;
  return best === undefined ? 0 : MOST_WEIGHT_OF_WORDS * wordShare(question, best, texts);
}
