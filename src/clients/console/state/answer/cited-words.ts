import type { Source } from '../../../sdk/wire-types.ts';
import { escapePattern } from '../../lib/escape-pattern.ts';
import { labelOf, type Piece } from './pieces.ts';

export interface CitedSource {
  source: Source;
  /** The numbers in the answer that cite it. */
  labels: string[];
  quotes: string[];
}

/** Sources with what cites them: cited ones first, by their numbers, then the others in their order. */
export function citedSources(sources: readonly Source[], pieces: readonly Piece[]): CitedSource[] {
  const all = sources.map((source, index) => {
    const citing = pieces.filter(({ citation }) => citation?.source_index === index);
    const quotes = citing.flatMap(({ citation }) => citation?.quote ?? []);
    return { source, labels: [...new Set(citing.map(labelOf))], quotes: [...new Set(quotes)] };
  });
  const first = ({ labels }: CitedSource) => Number(labels[0] ?? Number.POSITIVE_INFINITY);
  return all.toSorted((a, b) => (first(a) === first(b) ? 0 : first(a) - first(b)));
}

/** Stretches of a text, and whether each is among the words. White space may differ. @param whole not inside a longer word */
export function markWords(
  text: string,
  words: readonly string[],
  { whole = false } = {},
): { text: string; marked: boolean }[] {
  const [before, after] = whole ? ['(?<![\\p{L}\\p{N}_])', '(?![\\p{L}\\p{N}_])'] : ['', ''];
  const sought = words.filter((each) => /\S/.test(each)).map((each) => before + patternOf(each) + after);
  if (sought.length === 0) return [{ text, marked: false }];
  return text
    .split(new RegExp(`(${sought.join('|')})`, 'giu'))
    .map((part, i) => ({ text: part, marked: i % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function patternOf(words: string): string {
  return words.trim().split(/\s+/).map(escapePattern).join('\\s+');
}
