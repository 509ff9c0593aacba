import { stemmer } from 'stemmer';
import { contentWords } from '../../domain/shared/content-words.ts';
import { wordsOf } from '../../domain/shared/words.ts';

/** The words that a question looks for; all of its words when none of them carries a subject. */
export function queryWords(text: string): string[] {
  const content = contentWords(text);
  return content.length > 0 ? content : [...new Set(wordsOf(text))];
}

const stems = new Map<string, string>();
const MOST_STEMS = 100_000;

/** The stem of an English word; other languages mostly pass unchanged. Remembered, for the same words come again. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
