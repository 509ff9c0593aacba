import type { Language } from '../languages.ts';
import { joinLetters } from '../sentences.ts';
import { numbersIn } from './numbers.ts';

export interface FoundQuotation {
  text: string;
  from: number;
  to: number;
}

const QUOTATION =
  /“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|(?<![\p{L}\p{N}])"([^"]+)"|(?<![\p{L}\p{N}])‘([^‘’]+(?:’\p{L}[^‘’]*)*)’(?!\p{L})|(?<![\p{L}\p{N}])'([^'\n]+(?:'\p{L}[^'\n]*)*)'(?!\p{L})/gu;

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
    .map((stretch) => spokenWords(withoutInsertions(stretch), languages).join(' '))
    .filter((stretch) => stretch !== '');
  const said = texts.map((text) => ` ${spokenWords(text, languages).join(' ')} `);
  return stretches.every((stretch) => said.some((text) => text.includes(` ${stretch} `) || isJoined(stretch, text)));
}

/** Letters that two spellings share by chance at most. */
const FEWEST_LETTERS = 8;

/** "e-mail" and "email", "set-up" and "setup": the same letters in other words. */
function isJoined(stretch: string, text: string): boolean {
  const letters = stretch.replaceAll(' ', '');
  return letters.length >= FEWEST_LETTERS && text.replaceAll(' ', '').includes(letters);
}

/** `[t]he` is the word in another case; other brackets hold what nobody said. */
function withoutInsertions(quotation: string): string {
  return quotation.replace(/\[(\p{L})\](?=\p{L})/gu, '$1').replace(/\[[^\]]*\]/g, ' ');
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
  const words = inOneSpelling(withValues(joinLetters(text), languages).toLowerCase())
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

/** Words that are written in several ways, in one of them: contractions, British and American spelling. */
const SPELLINGS: [RegExp, string][] = [
  [/\bcan(?:['’]t|not)\b/g, 'can not'],
  [/\bwon['’]t\b/g, 'will not'],
  [/n['’]t\b/g, ' not'],
  [/['’]d\b/g, ' would'],
  [/['’]m\b/g, ' am'],
  [/['’]re\b/g, ' are'],
  [/['’]ve\b/g, ' have'],
  [/['’]ll\b/g, ' will'],
  [/\b(it|that|what|there|here|he|she|who|where|how)['’]s\b/g, '$1 is'],
  [/%|\bper cent\b|\bprozent\b/g, ' percent '],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/(?<=\p{L}{2})our\b/gu, 'or'],
  [/(?<=\p{L}{2})is(?=e[ds]?\b|ing\b|ation)/gu, 'iz'],
  [/(?<=\p{L}{2})tre\b/gu, 'ter'],
];

function inOneSpelling(text: string): string {
  return SPELLINGS.reduce((spelled, [form, other]) => spelled.replace(form, other), text);
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
