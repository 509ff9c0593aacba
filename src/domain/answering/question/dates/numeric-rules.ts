import { type Day, dateOf, isoWeek, month, nearestPast, oneDay, type Span } from './calendar.ts';
import { type DatePhrase, type DateRule, known, words, yearly } from './date-phrase.ts';

const ISO_YEAR = '(?<year>20\\d\\d|19\\d\\d)';
/** Words that tell a date from a fraction or a score. */
const BEFORE_A_DATE =
  'on|since|until|till|before|after|by|from|to|between|and|am|vom|seit|bis|ab|vor|nach|zum|dem|le|du|au|el|del|al|depuis|avant|desde|hasta|dated?|of';
/** What may follow a day that stands without its month. */
const AFTER_A_DAY =
  '(?=\\s*(?:[,.?!;:)]|$)|\\s+(?:and|or|to|until|with|about|und|oder|über|bis|mit|et|ou|avec|y|o|con)(?!\\p{L}))';

/** ISO dates, numeric dates in any order, and days of a month that is not named. */
export const NUMERIC_RULES: DateRule[] = [
  {
    pattern: words(`${ISO_YEAR}(?<sign>[-/.])(?<month>\\d{1,2})\\k<sign>(?<day>\\d{1,2})(?:t[\\d:.]+z?)?`),
    read: ({ groups }) => known('day', dayOf(groups?.year, groups?.month, groups?.day)),
  },
  {
    pattern: words(`${ISO_YEAR}(?<month>0[1-9]|1[0-2])(?<day>[0-3]\\d)`),
    read: ({ groups }) => known('day', dayOf(groups?.year, groups?.month, groups?.day)),
  },
  {
    pattern: words(`${ISO_YEAR}-(?<month>0[1-9]|1[0-2])(?!-)`),
    read: ({ groups }) => known('month', month(Number(groups?.year), Number(groups?.month))),
  },
  {
    pattern: words(`${ISO_YEAR}-?w(?<week>\\d\\d)`),
    read: ({ groups }) => known('week', isoWeek(Number(groups?.year), Number(groups?.week))),
  },
  {
    pattern: words('(?<a>\\d{1,2})(?<sign>[-/.])(?<b>\\d{1,2})\\k<sign>(?<year>\\d{4}|\\d\\d)'),
    read: ({ groups }) => eitherWay(groups, (a, b) => dayOf(fullYear(groups?.year), b, a)),
  },
  {
    pattern: words(`(?<=(?<!\\p{L})(?:${BEFORE_A_DATE})(?: the)? )(?<a>\\d{1,2})(?<sign>/)(?<b>\\d{1,2})(?!/)`),
    read: ({ groups }, today) => eitherWay(groups, (a, b) => yearless(today, b, a)),
  },
  {
    pattern: words(
      '(?<=(?<!\\p{L})(?:in|since|until|before|after|by|from|to|im|seit|bis|vor|ab|en|de|depuis|desde|hasta) )(?<month>0?[1-9]|1[0-2])/(?<year>20\\d\\d)',
    ),
    read: ({ groups }) => known('month', month(Number(groups?.year), Number(groups?.month))),
  },
  {
    // Only German writes a dot behind the month.
    pattern: words('(?<a>\\d{1,2})\\.\\s?(?<b>\\d{1,2})\\.(?!\\s?\\d)'),
    read: ({ groups }, today) => {
      const inYear = (of: number) => dayOf(of, groups?.b, groups?.a);
      return yearly('day', inYear, nearestPast(today, inYear));
    },
  },
  {
    pattern: words(
      `(?<=(?<!\\p{L})(?:on|since|until|before|after|by|from|between|to|and|\\p{L}+day,?|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun),?) the )(?<day>\\d{1,2})(?:st|nd|rd|th)${AFTER_A_DAY}`,
    ),
    read: ({ groups }, today) => dayOfAMonth(today, Number(groups?.day)),
  },
  {
    pattern: words(`(?<=(?<!\\p{L})(?:am|vom|seit dem|bis zum|dem|den) )(?<day>\\d{1,2})\\.${AFTER_A_DAY}`),
    read: ({ groups }, today) => dayOfAMonth(today, Number(groups?.day)),
  },
  {
    pattern: words(`(?<=(?<!\\p{L})(?:le|depuis le|el|el día|desde el|al) )(?<day>\\d{1,2})${AFTER_A_DAY}`),
    read: ({ groups }, today) => dayOfAMonth(today, Number(groups?.day)),
  },
];

type Groups = Record<string, string> | undefined;

/** Day and month as they stand and the other way round; with dots the day is always first. */
function eitherWay(
  groups: Groups,
  read: (a?: string, b?: string) => Span | null,
): Omit<DatePhrase, 'start' | 'end'> | null {
  const dayFirst = read(groups?.a, groups?.b);
  const monthFirst = groups?.sign === '.' || groups?.a === groups?.b ? null : read(groups?.b, groups?.a);
  const spans = [dayFirst, monthFirst].filter((span) => span !== null);
  return spans.length === 0 ? null : { kind: 'day', spans };
}

function yearless(today: Day, inMonth?: string, day?: string): Span | null {
  return nearestPast(today, (inYear) => dayOf(inYear, inMonth, day));
}

function dayOf(year: string | number | undefined, inMonth?: string, day?: string): Span | null {
  const date = dateOf(Number(year), Number(inMonth), Number(day));
  return date && oneDay(date);
}

function fullYear(year = ''): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** The latest day with this number that is not in the future. */
function dayOfAMonth(today: Day, number: number): Omit<DatePhrase, 'start' | 'end'> | null {
  for (let back = 0; back < 3; back++) {
    const first = today.with({ day: 1 }).subtract({ months: back });
    const date = dateOf(first.year, first.month, number);
    if (date !== null && (back > 0 || date.day <= today.day)) return known('day', oneDay(date));
  }
  return null;
}
