import { Chrono, de, en, es, fr, type ParsedComponents } from 'chrono-node';
import { type Day, dateOf, nearestPast, oneDay, type Span } from './calendar.ts';
import type { DatePhrase, Reading } from './date-phrase.ts';
import { DAY_IN_WORDS, digitsOf } from './month-names.ts';

/** Chrono's own readers of names of months. Its weekdays, times and distances are left to the rules, which know whole weeks. */
const READERS = [en, de, fr, es].map(
  ({ casual: { parsers, refiners } }) =>
    new Chrono({ parsers: parsers.filter((parser) => parser.constructor.name.includes('MonthName')), refiners }),
);

/** What chrono reckons from: the years that it guesses are not taken, and 29 February is a day to it. */
const LEAP_YEAR = { instant: new Date(Date.UTC(2024, 5, 15, 12)), timezone: 0 };

/** To chrono these are a day, and they mean a part of the month. */
const PART_OF = /^\s*(?:the\s+)?(?:(?:end|beginning|start|middle)\s+of|last\s+day)/i;
/** "January 22 and 25". */
const MONTH_FIRST = /^\p{L}/u;
const SECOND_DAY = /^(?:\s*,\s*|\s+and\s+|\s*&\s*)(\d{1,2})(?=(?:st|nd|rd|th)?(?:\s*[?.!]|\s*$|\s+meetings?))/iu;

/** Dates with a day and a month's name: "5 March 2026", "le 1er mai", "March 3-7". */
export function writtenDates({ text, today }: Reading): DatePhrase[] {
  const readable = withDaysInDigits(text);
  return READERS.flatMap((reader) =>
    reader.parse(readable, LEAP_YEAR).flatMap(({ index, text: words, start, end }): DatePhrase[] => {
      if (!start.isCertain('day') || !start.isCertain('month') || PART_OF.test(words)) return [];
      const phraseOf = (
        inYear: (year: number) => Span | null,
        place: Pick<DatePhrase, 'start' | 'end'>,
      ): DatePhrase[] => {
        const named = start.isCertain('year') ? inYear(Number(start.get('year'))) : null;
        const span = named ?? nearestPast(today, inYear);
        return span === null ? [] : [{ ...place, kind: 'day', spans: [span], ...(named === null && { inYear }) }];
      };
      const stop = index + words.length;
      const second = end ? null : SECOND_DAY.exec(readable.slice(stop));
      return [
        ...phraseOf((year) => spanIn(year, start, end ?? start), { start: index, end: stop }),
        ...(second && MONTH_FIRST.test(words)
          ? phraseOf((year) => onlyDay(dateOf(year, Number(start.get('month')), Number(second[1]))), {
              start: stop + second[0].length - (second[1]?.length ?? 0),
              end: stop + second[0].length,
            })
          : []),
      ];
    }),
  );
}

/** The same text, place by place, with days in words as chrono reads them. */
function withDaysInDigits(text: string): string {
  return text.replace(DAY_IN_WORDS, (written) => digitsOf(written).padEnd(written.length));
}

function onlyDay(day: Day | null): Span | null {
  return day && oneDay(day);
}

function spanIn(year: number, first: ParsedComponents, last: ParsedComponents): Span | null {
  const from = dayIn(year, first);
  const to = dayIn(last.isCertain('year') ? Number(last.get('year')) : year, last);
  return from && to && { from, to: oneDay(to).to };
}

function dayIn(year: number, components: ParsedComponents): Day | null {
  return dateOf(year, Number(components.get('month')), Number(components.get('day')));
}
