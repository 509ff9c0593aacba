import type { Days, Span } from './calendar.ts';
import type { DatePhrase, Reading } from './date-phrase.ts';
import { FEAST_RULES } from './feast-rules.ts';
import { joinPhrases, type NamedDays } from './join-phrases.ts';
import { MONTH_RULES } from './month-rules.ts';
import { NUMERIC_RULES } from './numeric-rules.ts';
import { RELATIVE_RULES } from './relative-rules.ts';
import { COUNTED_WEEKDAY_RULE, WEEKDAY_RULES } from './weekday-rules.ts';
import { writtenDates } from './written-dates.ts';

const RULES = [
  ...NUMERIC_RULES,
  ...RELATIVE_RULES,
  ...WEEKDAY_RULES,
  COUNTED_WEEKDAY_RULE,
  ...MONTH_RULES,
  ...FEAST_RULES,
];

/** The days that a question names, in English, German, French or Spanish, and in digits in any language. */
export function datePhrases(reading: Reading): NamedDays[] {
  const found = [...writtenDates(reading), ...RULES.flatMap((rule) => phrasesOf(rule, reading))];
  return joinPhrases(reading, withoutOverlap(found));
}

/**
 * The days that words of a talk may mean that was held on a day, but for written dates: a day without its year may lie before
 * it or behind it.
 */
export function daysMeant(reading: Reading): Span[] {
  const phrases = RULES.flatMap((rule) => phrasesOf(rule, reading));
  const years = [-1, 0, 1].map((distance) => reading.today.year + distance);
  const yearly = phrases.flatMap(({ inYear }) =>
    inYear === undefined ? [] : years.flatMap((year) => inYear(year) ?? []),
  );
  const named = joinPhrases(reading, withoutOverlap(phrases)).flatMap(({ days }) => days.map(withBothEnds));
  return [...yearly, ...named];
}

/** "by next Friday" means that day. */
function withBothEnds({ from, to }: Days): Span {
  const [first, last] = [from ?? to?.subtract({ days: 1 }), to ?? from?.add({ days: 1 })];
  if (!first || !last) throw new RangeError('A phrase names a day.');
  return { from: first, to: last };
}

function phrasesOf({ pattern, read }: (typeof RULES)[number], { text, today }: Reading): DatePhrase[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const phrase = read(match, today);
    return phrase === null ? [] : [{ start: match.index, end: match.index + match[0].length, ...phrase }];
  });
}

/** Of phrases that share words the longest stands; of equal ones the first, so that a written date beats its parts. */
function withoutOverlap(phrases: readonly DatePhrase[]): DatePhrase[] {
  const taken: DatePhrase[] = [];
  for (const phrase of phrases.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (taken.every(({ start, end }) => phrase.end <= start || phrase.start >= end)) taken.push(phrase);
  }
  return taken.toSorted((a, b) => a.start - b.start);
}
