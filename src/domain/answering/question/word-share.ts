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
  const among = Math.max(passages.length, LEAST_PASSAGES);
  let [held, all] = [0, 0];
  for (const beginning of new Set(contentWords(question).map(beginningOf))) {
    const holds = holderOf(beginning);
    const rarity = Math.log((among + 1) / (passages.filter(holds).length + 0.5));
    all += rarity;
    if (holds(passage)) held += rarity;
  }
  return all === 0 ? 1 : held / all;
}

const beginningOf = (word: string) => [...word].slice(0, BEGINNING).join('');

/** @param beginning of letters and digits alone */
function holderOf(beginning: string): (passage: string) => boolean {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${beginning}`, 'iu');
  return (passage) => word.test(passage);
}
