import type { Language } from '../languages.ts';
import { NUMBER_WORDS, type NumberWord } from './number-words.ts';

/** A number of a text, in digits or words. */
export interface FoundNumber {
  text: string;
  from: number;
  to: number;
  /** What it may mean as a whole: 12.5 and 1250 for "twelve fifty". */
  values: number[];
  /** What its parts may mean: 12 and 50. */
  parts: number[];
  /** Whether it stands in words. */
  isWord: boolean;
}

const DIGITS =
  "\\d{1,2}/\\d{1,2}(?=\\s+(?:of|the|der|des|de|del|la|los|las)\\b)|\\d{1,3}(?:[,.'’\u00a0\u202f ]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?";
const TOKEN = new RegExp(`(${DIGITS})(?:\\s?(k|m|bn)(?![\\p{L}\\d]))?|dix-(?:sept|huit|neuf)|\\p{L}+`, 'giu');
const SUFFIXES: Record<string, number> = { k: 1e3, m: 1e6, bn: 1e9 };

interface Token {
  from: number;
  to: number;
  word: NumberWord | { kind: 'digits'; values: number[] };
}

export function numbersIn(text: string, languages: readonly Language[]): FoundNumber[] {
  const read = text.replace(/\b(?:per cent|pour cent|por ciento)\b/gi, (words) => 'percent'.padEnd(words.length));
  return withCents(
    text,
    runsOf(read, tokensOf(read, languages)).flatMap((run) => numberOf(text, run) ?? []),
  );
}

/** `twelve Euro fifty` is one number. */
function withCents(text: string, numbers: readonly FoundNumber[]): FoundNumber[] {
  const merged: FoundNumber[] = [];
  for (const number of numbers) {
    const last = merged.at(-1);
    const cents = number.values[0] ?? 0;
    const isCents = Number.isInteger(cents) && cents >= 10 && cents < 100;
    if (
      last &&
      isCents &&
      /^\s(?:euros?|dollars?|pounds?|bucks?|quid|francs?|franken|met(?:re|er)s?|mètres?|metros?)(?:\s(?:and|und|et|y|con))?\s$/i.test(
        text.slice(last.to, number.from),
      )
    ) {
      const values = last.values.map((value) => value + cents / 100);
      const parts = [...last.values, ...number.values];
      merged[merged.length - 1] = { ...last, text: text.slice(last.from, number.to), to: number.to, values, parts };
    } else merged.push(number);
  }
  return merged;
}

function tokensOf(text: string, languages: readonly Language[]): Token[] {
  return [...text.matchAll(TOKEN)].flatMap((match): Token[] => {
    const place = { from: match.index, to: match.index + match[0].length };
    if (match[1] !== undefined) {
      const suffix = match[2] ?? '';
      const factor = SUFFIXES[suffix.toLowerCase()] ?? 1;
      // `15 m` are millions or metres.
      const factors = suffix === 'm' ? [factor, 1] : [factor];
      const values = readDigits(match[1]).flatMap((value) => factors.map((each) => value * each));
      return [{ ...place, word: { kind: 'digits', values } }];
    }
    const spelled = match[0].toLowerCase();
    const word =
      languages.map((language) => NUMBER_WORDS[language].get(spelled)).find(Boolean) ??
      (languages.includes('de') ? germanThousands(spelled) : undefined);
    return word === undefined ? [] : [{ ...place, word }];
  });
}

/** "eintausendzweihundert": German writes thousands in one word too. */
function germanThousands(word: string): NumberWord | undefined {
  const [, before = '', behind = ''] = /^(\p{L}*)tausend(\p{L}*)$/u.exec(word) ?? [];
  const amountOf = (part: string, none: number) => {
    const found = part === '' ? { kind: 'amount' as const, value: none } : NUMBER_WORDS.de.get(part);
    return found?.kind === 'amount' || found?.kind === 'times' ? found.value : null;
  };
  const [thousands, rest] = [amountOf(before, 1), amountOf(behind.replace(/^und/, ''), 0)];
  if (before === '' && behind === '') return undefined;
  return thousands === null || rest === null ? undefined : { kind: 'amount', value: thousands * 1_000 + rest };
}

/** `1,234` may be 1234 or, in other languages, 1.234. */
function readDigits(digits: string): number[] {
  const [above, below] = digits.split('/');
  if (below !== undefined) return [Number(above) / Number(below)];
  const signs = digits.match(/[,.'’\s]/g) ?? [];
  const last = signs.at(-1);
  if (last === undefined) return [Number(digits)];
  const isGrouped = /^\d{1,3}(?:[,.'’\s]\d{3})+$/.test(digits) && new Set(signs).size === 1;
  const asDecimal = Number(
    `${digits.slice(0, digits.lastIndexOf(last)).replace(/\D/g, '')}.${digits.slice(digits.lastIndexOf(last) + 1)}`,
  );
  const asWhole = Number(digits.replace(/\D/g, ''));
  if (!isGrouped) return [asDecimal];
  return signs.length > 1 || !/[,.]/.test(last) ? [asWhole] : [asWhole, asDecimal];
}

/** Number words that follow each other; digits go on with words alone, as in `50 million`. */
function runsOf(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last !== undefined && /^(?:[\s\u00a0]+|-)$/.test(text.slice(last.to, token.from));
    if (run && isNext && token.word.kind !== 'digits') run.push(token);
    else runs.push([token]);
  }
  return runs.map(trimmed).filter((run) => run.length > 0);
}

/** Without the words that only stand between numbers. */
function trimmed(run: Token[]): Token[] {
  const isLoose = (token: Token | undefined) => token?.word.kind === 'and' || token?.word.kind === 'point';
  let from = 0;
  let to = run.length;
  while (to > 0 && isLoose(run[to - 1])) to--;
  while (from < to && run[from]?.word.kind === 'and') from++;
  return run.slice(from, to);
}

function numberOf(text: string, run: readonly Token[]): FoundNumber | null {
  const [first, last] = [run[0] as Token, run.at(-1) as Token];
  const groups =
    first.word.kind === 'digits' ? first.word.values.flatMap((value) => groupsOf(run, value)) : groupsOf(run);
  if (groups.length === 0) return null;
  const isWord = first.word.kind !== 'digits';
  return {
    text: text.slice(first.from, last.to),
    from: first.from,
    to: last.to,
    values: isWord && groups.length > 1 ? joined(groups) : groups,
    parts: isWord && groups.length > 1 ? groups : [],
    isWord,
  };
}

/** The numbers in a run by the rules of counting; what cannot be one number is several. */
function groupsOf(run: readonly Token[], digits?: number): number[] {
  const groups: number[] = [];
  let total = 0;
  let current: number | null = digits ?? null;
  let decimals: string | null = null;
  let isJoined = false;
  let scale = 1;
  const close = () => {
    if (current !== null || total > 0) groups.push(total + (current ?? 0) + (decimals ? Number(`0.${decimals}`) : 0));
    total = 0;
    current = null;
    decimals = null;
  };
  for (const { word } of digits === undefined ? run : run.slice(1)) {
    if (word.kind === 'and') isJoined = true;
    else if (word.kind === 'point') {
      current ??= 0;
      decimals = '';
    } else if (word.kind === 'amount' && decimals !== null && (word.value < 10 || decimals === ''))
      decimals += word.value;
    else if (word.kind === 'amount') {
      const sum: number | null = decimals === null ? added(current, word.value, total) : null;
      if (sum === null) close();
      current = sum ?? word.value;
    } else if (word.kind === 'times') {
      const amount: number = (current ?? 1) + (decimals ? Number(`0.${decimals}`) : 0);
      decimals = null;
      if (word.value === 100 && amount < 100) current = amount * 100;
      else {
        total += amount * word.value;
        scale = word.value;
        current = null;
      }
    } else if (word.kind === 'part') {
      // "two million and a half"
      if (current === null && total > 0 && isJoined) total += scale * word.value;
      else if (current === null || isJoined) current = (current ?? 0) + word.value;
      else if (Number.isInteger(current) && current < 20) current *= word.value;
      else {
        close();
        current = word.value;
      }
    }
    if (word.kind !== 'and') isJoined = false;
  }
  close();
  return groups;
}

/** The sum where the words make one number: forty-five, a hundred and five, soixante-dix, quatre-vingt-dix. */
function added(current: number | null, value: number, total: number): number | null {
  if (current === null) return total === 0 || value < 1000 ? value : null;
  const rest = current % 100;
  if (rest === 4 && value === 20) return current + 76;
  if (current >= 100 && rest === 0 && value < 100) return current + value;
  if ((rest === 60 || rest === 80) && value >= 10 && value < 20) return current + value;
  return rest >= 20 && rest % 10 === 0 && value > 0 && value < 10 ? current + value : null;
}

/** Several numbers as people say one: "twelve fifty" is 12.50 or 1250, "one two nine" is 129, "twenty eight eight" is 28.8. */
function joined(groups: readonly number[]): number[] {
  const whole = groups.every((group) => Number.isInteger(group)) ? [Number(groups.join(''))] : [];
  const [first, second] = groups as [number, number];
  // "two and three quarters"
  if (groups.length === 2 && Number.isInteger(first) && second < 1) return [first + second];
  if (groups.length !== 2 || !Number.isInteger(second)) return whole;
  return [...whole, first + second / 100, ...(second < 10 ? [first + second / 10] : []), first * 100 + second];
}

/** Every number that a text may state: whole, in parts, and any neighbours of a run together. */
export function statedNumbers(text: string, languages: readonly Language[]): number[] {
  const spoken = text.replace(/\b(?:um|uh|mm|er|erm|äh|ähm|euh)\b,?\s*/gi, '');
  const found = numbersIn(spoken, languages);
  const shared = found.flatMap((number, i) => withSharedScale(spoken, number, found[i + 1]));
  return found
    .flatMap(({ values, parts, to, text: written }) => {
      const neighbours = parts.flatMap((_, i) =>
        [2, 3, 4, 5, 6].map((n) => parts.slice(i, i + n)).filter((p) => p.length > 1),
      );
      const all = [...values, ...parts, ...neighbours.flatMap(joined)];
      return [...all, ...all.flatMap((value) => converted(value, spoken.slice(to, to + 16), written))];
    })
    .concat(shared);
}

const RANGE = /^\s*(?:to|or|and|bis|oder|und|à|ou|et|a|o|y|[-–])\s*$/i;
const SCALES = [1e9, 1e6, 1e3, 100];

/** "eight to nine hundred" begins at 800. */
function withSharedScale(text: string, number: FoundNumber, next: FoundNumber | undefined): number[] {
  const pairs = number.parts.flatMap((part, i) => [[part, number.parts[i + 1]] as const]);
  if (next && RANGE.test(text.slice(number.to, next.from))) pairs.push([number.values[0] ?? 0, next.values[0]]);
  return pairs.flatMap(([first, last = 0]) => {
    const scale = SCALES.find((each) => last >= each && last % each === 0);
    return scale !== undefined && first < last / scale ? [first * scale] : [];
  });
}

const IN_OTHER_UNITS: [RegExp, number][] = [
  [/^[\s-]*(?:hours?|stunden?|heures?|horas?|std)\b/i, 60],
  [/^[\s-]*(?:weeks?|wochen?|semaines?|semanas?)\b/i, 7],
  [/^[\s-]*(?:years?|jahren?|ans|années?|años?)\b/i, 12],
  [/^[\s-]*(?:of\s+|d['’]|de\s+|einer\s+)?(?:an?\s+)?(?:hour|stunde|heure|hora)\b/i, 60],
  [/^[\s-]*(?:cents?|p\b|¢|ct\b|pence|centimes?|céntimos?|rappen)\b/i, 1 / 100],
  [/^[\s-]*(?:minutes?|minuten?|minutos?)\b/i, 1 / 60],
];

/** The same amount otherwise: a half is 50 per cent, and half an hour 30 minutes. */
function converted(value: number, behind: string, written: string): number[] {
  const units = IN_OTHER_UNITS.flatMap(([unit, factor]) => (unit.test(behind) ? [value * factor] : []));
  const isPart = value < 1 || /quarter|half|third|tenth/i.test(written);
  return isPart && units.length === 0 ? [value * 100] : units;
}
