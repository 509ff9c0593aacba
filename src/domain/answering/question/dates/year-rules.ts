import { nearestPast, type Span } from './calendar.ts';
import { type DatePhrase, type DateRule, known, words, yearly } from './date-phrase.ts';

export const YEAR = '(?<year>20\\d\\d|19\\d\\d)';
/** What may stand between a month or quarter and its year. */
export const OF = "(?:,| of| de| del| du| im jahr| de l['’]année)?";

/** The first four, as patterns. */
export const ORDINALS = [
  'first|1st|erste[nmrs]?|1\\.|premier|1er|première|primer|primera?o?',
  'second|2nd|zweite[nmrs]?|2\\.|deuxième|second|2e|segund[oa]',
  'third|3rd|dritte[nmrs]?|3\\.|troisième|3e|tercer[oa]?',
  'fourth|4th|vierte[nmrs]?|4\\.|quatrième|4e|cuarto',
];

/** What comes once a year: of the year that is named, else the nearest that is not in the future. */
export function yearRule(pattern: string, kind: DatePhrase['kind'], inYear: (number: number) => Span | null): DateRule {
  return {
    pattern: words(`${pattern}(?:(?:${OF} |\\s*/\\s*)${YEAR})?`),
    read: ({ groups }, today) =>
      groups?.year === undefined
        ? yearly(kind, inYear, nearestPast(today, inYear))
        : known(kind, inYear(Number(groups.year))),
  };
}
