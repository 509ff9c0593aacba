import { contentWords } from '../../shared/content-words.ts';
import { wordsOf } from '../../shared/words.ts';

/** Words that begin with so many letters alike count as one: inflections differ at the end. */
const BEGINNING = 5;

/** The share of a question's content words that a text holds, in [0, 1]; 1 for a question without any. */
export function wordShare(question: string, text: string): number {
  const wanted = new Set(contentWords(question).map(beginningOf));
  const held = new Set(wordsOf(text).map(beginningOf));
  return wanted.size === 0 ? 1 : [...wanted].filter((word) => held.has(word)).length / wanted.size;
}

function beginningOf(word: string): string {
  return word.slice(0, BEGINNING);
}
