import type { Day, Span } from './calendar.ts';

/** Words of a question that name days. */
export interface DatePhrase {
  /** Where the words stand in the question: from `start` until before `end`. */
  start: number;
  end: number;
  kind: 'day' | 'weekday' | 'week' | 'month' | 'quarter' | 'year' | 'span';
  /** Usually one; two where day and month may be either way round. */
  spans: Span[];
  /** The same in another year, where the words name none. */
  inYear?: (year: number) => Span | null;
  /** 1 is Monday, for a weekday. */
  weekday?: number;
}

/** What the rules read: the question, and today in the asker's zone. */
export interface Reading {
  text: string;
  today: Day;
}

/** A way in which languages name days. */
export interface DateRule {
  pattern: RegExp;
  read(match: RegExpExecArray, today: Day): Omit<DatePhrase, 'start' | 'end'> | null;
}

/** A pattern of whole words: `{N}` stands for a number, in digits or as a word. Blanks stand for any white space. */
export function words(pattern: string): RegExp {
  const source = pattern.replaceAll('{N}', NUMBER).replaceAll(' ', '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu');
}

/** One kind of day that is a span by itself. */
export const known = (kind: DatePhrase['kind'], span: Span | null): Omit<DatePhrase, 'start' | 'end'> | null =>
  span && { kind, spans: [span] };

/** One that recurs every year: the nearest that is not in the future. */
export function yearly(
  kind: DatePhrase['kind'],
  inYear: (year: number) => Span | null,
  nearest: Span | null,
): Omit<DatePhrase, 'start' | 'end'> | null {
  return nearest && { kind, spans: [nearest], inYear };
}

/** What a group of this name matched, in whichever alternative: `n` stands for `n1` and `n2` too. */
export function group({ groups = {} }: RegExpExecArray, name: string): string | undefined {
  return groups[name] ?? groups[`${name}1`] ?? groups[`${name}2`] ?? groups[`${name}3`];
}

const NUMBERS = [
  ['one', 'a', 'an', 'ein', 'eine', 'einem', 'einer', 'un', 'une', 'una', 'uno'],
  ['two', 'a couple of', 'couple of', 'zwei', 'deux', 'dos', 'un par de'],
  ['three', 'drei', 'trois', 'tres', 'few', 'a few', 'einigen', 'paar', 'quelques', 'unos', 'unas'],
  ['four', 'vier', 'quatre', 'cuatro'],
  ['five', 'fünf', 'cinq', 'cinco'],
  ['six', 'sechs', 'seis'],
  ['seven', 'sieben', 'sept', 'siete'],
  ['eight', 'acht', 'huit', 'ocho'],
  ['nine', 'neun', 'neuf', 'nueve'],
  ['ten', 'zehn', 'dix', 'diez'],
  ['eleven', 'elf', 'onze', 'once'],
  ['twelve', 'zwölf', 'douze', 'doce'],
  ['thirteen', 'dreizehn', 'treize', 'trece'],
  ['fourteen', 'vierzehn', 'quatorze', 'catorce'],
  ['fifteen', 'fünfzehn', 'quinze', 'quince'],
  ['sixteen', 'sechzehn', 'seize', 'dieciséis'],
  ['seventeen', 'siebzehn', 'dix-sept', 'diecisiete'],
  ['eighteen', 'achtzehn', 'dix-huit', 'dieciocho'],
  ['nineteen', 'neunzehn', 'dix-neuf', 'diecinueve'],
  ['twenty', 'zwanzig', 'vingt', 'veinte'],
];
const VALUES: Record<string, number> = Object.fromEntries(
  NUMBERS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)),
);
const NUMBER = `(?:\\d{1,3}|${Object.keys(VALUES)
  .toSorted((a, b) => b.length - a.length)
  .join('|')})`;

/** The value of what `{N}` matched. */
export function numberOf(word: string): number {
  return VALUES[word.toLowerCase().replace(/\s+/g, ' ')] ?? Number(word);
}
