import { contentWords } from '../../shared/content-words.ts';

/** Words that begin with so many letters alike count as one: inflections differ at the end. */
const BEGINNING = 5;
/** Fewer passages tell nothing about how rare a word is. */
const LEAST_PASSAGES = 3;

/**
 * The share of a question's content words that a passage holds, in [0, 1]; 1 for a question without any. A word counts by
 * its rarity among the passages that hold any of them, as in BM25: a name that one passage holds says more than a word
 * that stands in all.
 */
export function wordShare(question: string, passage: string, passages: readonly string[]): number {
  const wanted = [...new Set(contentWords(question).map(beginningOf))].map(holderOf);
  const among = Math.max(passages.length, LEAST_PASSAGES);
  const rarity = (holds: Holds) => Math.log((among + 1) / (passages.filter(holds).length + 0.5));
  const sum = (words: readonly Holds[]) => words.reduce((total, holds) => total + rarity(holds), 0);
  return wanted.length === 0 ? 1 : sum(wanted.filter((holds) => holds(passage))) / sum(wanted);
}

const beginningOf = (word: string) => [...word].slice(0, BEGINNING).join('');

type Holds = (passage: string) => boolean;

/** @param beginning of letters and digits alone */
function holderOf(beginning: string): Holds {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${beginning}`, 'iu');
  return (passage) => word.test(passage);
}
