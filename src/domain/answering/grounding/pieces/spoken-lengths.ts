import type { Language } from '../languages.ts';
import { numbersIn } from './numbers.ts';

/** Units of time, in minutes or in months. */
const UNITS: { names: string; of: 'minutes' | 'months'; length: number }[] = [
  { names: 'seconds?|sekunden?|secondes?|segundos?', of: 'minutes', length: 1 / 60 },
  { names: 'minutes?|minuten?|minutos?', of: 'minutes', length: 1 },
  { names: 'hours?|stunden?|heures?|horas?', of: 'minutes', length: 60 },
  { names: 'days?|tage?n?|jours?|días?', of: 'minutes', length: 1_440 },
  { names: 'weeks?|wochen?|semaines?|semanas?', of: 'minutes', length: 10_080 },
  { names: 'fortnights?', of: 'minutes', length: 20_160 },
  { names: 'months?|monate?n?|mois|mes(?:es)?', of: 'months', length: 1 },
  { names: 'years?|jahre?n?|ans?|années?|años?', of: 'months', length: 12 },
  { names: 'decades?|jahrzehnte?n?|décennies?|décadas?', of: 'months', length: 120 },
];
/** "and a half", behind the unit. */
const PARTS: [string, number][] = [
  ['half|halbe[ns]?|demie?|medi[oa]', 1 / 2],
  ['third|drittel|tiers|tercio', 1 / 3],
  ['quarter|viertel|quart|cuarto', 1 / 4],
];
const AND = '(?:and|und|et|y)';
const ARTICLE = '(?:an?|eine?[nmrs]?|une?|una)';
const BEHIND = new RegExp(
  `^[\\s-]*(?:an?\\s+)?(?<unit>${UNITS.map(({ names }) => names).join('|')})(?!\\p{L})(?:\\s+${AND}\\s+(?:${ARTICLE}\\s+)?(?<part>${PARTS.map(([names]) => names).join('|')})(?!\\p{L}))?`,
  'iu',
);
const ONE = new RegExp(`(?<!\\p{L})${ARTICLE}(?=\\s)`, 'giu');
const NEXT_TO = new RegExp(`^[\\s,]*(?:${AND}\\s)?\\s*$`, 'iu');

interface Length {
  from: number;
  to: number;
  of: 'minutes' | 'months';
  amount: number;
}

/** Lengths of time that a text states, each as a number of every unit: "an hour and a quarter" is 75, 1.25 and others. */
export function spokenLengths(text: string, languages: readonly Language[]): number[] {
  const numbers = [
    ...numbersIn(text, languages).flatMap(({ from, to, values }) =>
      values.slice(0, 1).map((value) => ({ from, to, value })),
    ),
    ...[...text.matchAll(ONE)].map(({ index, 0: { length } }) => ({ from: index, to: index + length, value: 1 })),
  ];
  const lengths = numbers.flatMap((number) => lengthAt(text, number)).toSorted((a, b) => a.from - b.from);
  return joined(text, lengths).flatMap(({ of, amount }) =>
    UNITS.filter((unit) => unit.of === of).map(({ length }) => amount / length),
  );
}

function lengthAt(text: string, { from, to, value }: { from: number; to: number; value: number }): Length[] {
  const match = BEHIND.exec(text.slice(to));
  const unit = UNITS.find(({ names }) => isOneOf(names, match?.groups?.unit));
  if (match === null || unit === undefined) return [];
  const [, part = 0] = PARTS.find(([names]) => isOneOf(names, match.groups?.part)) ?? [];
  return [{ from, to: to + match[0].length, of: unit.of, amount: (value + part) * unit.length }];
}

/** "three days and four hours" is one length, and so are its parts. */
function joined(text: string, lengths: readonly Length[]): Length[] {
  const all = [...lengths];
  for (const [i, next] of lengths.entries()) {
    const last = lengths[i - 1];
    if (last?.of === next.of && NEXT_TO.test(text.slice(last.to, next.from)))
      all.push({ ...next, from: last.from, amount: last.amount + next.amount });
  }
  return all;
}

function isOneOf(names: string, word: string | undefined): boolean {
  return word !== undefined && new RegExp(`^(?:${names})$`, 'iu').test(word);
}
