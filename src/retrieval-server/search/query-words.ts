import { stemmer } from 'stemmer';
import { contentWords } from '../../domain/shared/content-words.ts';
import { wordsOf } from '../../domain/shared/words.ts';

/** The words that a question looks for. They are all of its words when it has only common ones. */
export function queryWords(text: string): string[] {
  const content = contentWords(text);
  return content.length > 0 ? content : [...new Set(wordsOf(text))];
}

const stems = new Map<string, string>();
const MOST_STEMS = 100_000;

/** The stem of an English word. Words of other languages mostly stay as they are. It is cached, because the same words come again. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
