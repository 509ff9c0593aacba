import type { DatePhrase, Reading } from './date-phrase.ts';
import { joinPhrases, type NamedDays } from './join-phrases.ts';
import { MONTH_RULES } from './month-rules.ts';
import { NUMERIC_RULES } from './numeric-rules.ts';
import { RELATIVE_RULES } from './relative-rules.ts';
import { WEEKDAY_RULES } from './weekday-rules.ts';
import { writtenDates } from './written-dates.ts';

const RULES = [...NUMERIC_RULES, ...RELATIVE_RULES, ...WEEKDAY_RULES, ...MONTH_RULES];

/** The days that a question names, in English, German, French or Spanish, and in digits in any language. */
export function datePhrases(reading: Reading): NamedDays[] {
  const found = [...writtenDates(reading), ...RULES.flatMap((rule) => phrasesOf(rule, reading))];
  return joinPhrases(reading, withoutOverlap(found));
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
