import type { Language } from '../languages.ts';
import { joinLetters } from '../sentences.ts';
import { numbersIn } from './numbers.ts';

export interface FoundQuotation {
  text: string;
  from: number;
  to: number;
}

const QUOTATION =
  /“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|(?<![\p{L}\p{N}])"([^"]+)"|(?<![\p{L}\p{N}])‘([^‘’]+(?:’\p{L}[^‘’]*)*)’(?!\p{L})/gu;

export function quotationsIn(text: string): FoundQuotation[] {
  return [...text.matchAll(QUOTATION)].map((match) => {
    const said = match.slice(1).find((group) => group !== undefined) ?? '';
    return { text: said.trim(), from: match.index, to: match.index + match[0].length };
  });
}

/** Whether every stretch of the quotation, between its ellipses, stands in one of the texts, word by word. */
export function isQuoted(quotation: string, texts: readonly string[], languages: readonly Language[]): boolean {
  const stretches = quotation
    .split(/\s*(?:\[?(?:…|\.{3,})\]?)\s*/)
    .map((stretch) => spokenWords(stretch.replace(/\[[^\]]*\]/g, ' '), languages).join(' '))
    .filter((stretch) => stretch !== '');
  const said = texts.map((text) => ` ${spokenWords(text, languages).join(' ')} `);
  return stretches.every((stretch) => said.some((text) => text.includes(` ${stretch} `)));
}

/** The share of the quotation's words that the texts have at all. */
export function sharedWords(quotation: string, texts: readonly string[], languages: readonly Language[]): number {
  const words = spokenWords(quotation, languages);
  const said = new Set(texts.flatMap((text) => spokenWords(text, languages)));
  return words.filter((word) => said.has(word)).length / Math.max(1, words.length);
}

const FILLERS = new Set(['um', 'uh', 'mm', 'hmm', 'er', 'erm', 'ah', 'eh', 'äh', 'ähm', 'euh', 'mhm']);

/** The words as people mean them: without fillers, words begun twice and said twice, with numbers as their value. */
function spokenWords(text: string, languages: readonly Language[]): string[] {
  const words = withValues(joinLetters(text), languages)
    .toLowerCase()
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .match(/\d+(?:\.\d+)?|[\p{L}\p{M}]+/gu);
  const kept = (words ?? []).filter((word) => !FILLERS.has(word));
  return kept.filter((word, i) => {
    const next = kept[i + 1];
    return (
      next === undefined ||
      (next !== word && !(word.length <= 3 && !/^(?:a|i|\d+)$/.test(word) && next.startsWith(word)))
    );
  });
}

function withValues(text: string, languages: readonly Language[]): string {
  let written = '';
  let from = 0;
  for (const number of numbersIn(text, languages)) {
    const value = number.parts.length > 0 ? number.parts.join(' ') : (number.values[0] ?? '');
    written += `${text.slice(from, number.from)} ${value} `;
    from = number.to;
  }
  return written + text.slice(from);
}
