import { Chrono, de, en, es, fr, type ParsedComponents } from 'chrono-node';
import { type Day, dateOf, nearestPast, oneDay, type Span } from './calendar.ts';
import type { DatePhrase, Reading } from './date-phrase.ts';

/** Chrono's own readers of names of months. Its weekdays, times and distances are left to the rules, which know whole weeks. */
const READERS = [en, de, fr, es].map(
  ({ casual: { parsers, refiners } }) =>
    new Chrono({ parsers: parsers.filter((parser) => parser.constructor.name.includes('MonthName')), refiners }),
);

/** What chrono reckons from: the years that it guesses are not taken, and 29 February is a day to it. */
const LEAP_YEAR = { instant: new Date(Date.UTC(2024, 5, 15, 12)), timezone: 0 };

/** An ordinal that chrono does not read, with as many characters as what it reads instead. */
const GERMAN_FIRST = /(?<!\p{L})ersten(?=\s+(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))/giu;

/** Dates with a day and a month's name: "5 March 2026", "le 1er mai", "March 3-7". */
export function writtenDates({ text, today }: Reading): DatePhrase[] {
  const readable = text.replace(GERMAN_FIRST, '1.    ');
  return READERS.flatMap((reader) =>
    reader.parse(readable, LEAP_YEAR).flatMap(({ index, text: words, start, end }): DatePhrase[] => {
      if (!start.isCertain('day') || !start.isCertain('month')) return [];
      const inYear = (year: number) => spanIn(year, start, end ?? start);
      const named = start.isCertain('year') ? inYear(Number(start.get('year'))) : null;
      const span = named ?? nearestPast(today, inYear);
      const place = { start: index, end: index + words.length, kind: 'day' } as const;
      return span === null ? [] : [{ ...place, spans: [span], ...(named === null && { inYear }) }];
    }),
  );
}

function spanIn(year: number, first: ParsedComponents, last: ParsedComponents): Span | null {
  const from = dayIn(year, first);
  const to = dayIn(last.isCertain('year') ? Number(last.get('year')) : year, last);
  return from && to && { from, to: oneDay(to).to };
}

function dayIn(year: number, components: ParsedComponents): Day | null {
  return dateOf(year, Number(components.get('month')), Number(components.get('day')));
}
