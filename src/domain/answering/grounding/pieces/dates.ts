import { type Day, dayOf } from '../../question/dates/calendar.ts';
import { daysMeant } from '../../question/dates/date-phrases.ts';
import type { Language } from '../languages.ts';
import { numbersIn, statedNumbers } from './numbers.ts';

/** What is said of a date. Months and days from 1, weekdays from 1 for Monday. */
export interface PartOfDate {
  year?: number;
  month?: number;
  day?: number;
  weekday?: number;
}

export interface FoundDate {
  text: string;
  from: number;
  to: number;
  /** What it may mean: 3/4 is a day in March or in April. */
  readings: PartOfDate[];
}

const MONTHS = [
  'january|jan|januar|jänner|janvier|enero',
  'february|feb|februar|février|febrero',
  'march|mar|märz|mars|marzo',
  'april|apr|avril|abril',
  'may|mai|mayo',
  'june|jun|juni|juin|junio',
  'july|jul|juli|juillet|julio',
  'august|aug|août|agosto',
  'september|sept|sep|septembre|septiembre',
  'october|oct|okt|oktober|octobre|octubre',
  'november|nov|novembre|noviembre',
  'december|dec|dez|dezember|décembre|diciembre',
];
const WEEKDAYS = [
  'mondays?|montags?|lundi|lunes',
  'tuesdays?|dienstags?|mardi|martes',
  'wednesdays?|mittwochs?|mercredi|miércoles',
  'thursdays?|donnerstags?|jeudi|jueves',
  'fridays?|freitags?|vendredi|viernes',
  'saturdays?|samstags?|sonnabends?|samedi|sábado',
  'sundays?|sonntags?|dimanche|domingo',
];
const MONTH = `(?:${MONTHS.join('|')})(?!\\p{L})\\.?`;
const WEEKDAY = `(?:${WEEKDAYS.join('|')})(?!\\p{L})`;
const DAY = '\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?(?!\\d)';
const YEAR = '(?:19|20)\\d\\d(?![\\d%])';
const OF = '(?:\\s+(?:of|de|del))?';
const FORMS = [
  `(?<year>${YEAR})-(?<month>\\d\\d)-(?<day>\\d\\d)(?!\\d)`,
  `(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?(?<year>${YEAR})?(?!\\d)`,
  `(?<first>\\d{1,2})/(?<second>\\d{1,2})(?:/(?<year>${YEAR}))?(?![\\d/]|\\s+(?:of|the|der|des|de|del|la|los|las)\\b)`,
  `(?<=(?:am|vom|zum|bis|ab|seit)\\s)(?<day>\\d{1,2})\\.(?<month>\\d{1,2})(?![\\d.])`,
  `(?<name>${MONTH})\\s+(?:the\\s+)?(?<day>${DAY})(?:,?\\s+(?<year>${YEAR}))?`,
  `(?:the\\s+|den\\s+|le\\s+|el\\s+)?(?<day>${DAY})${OF}\\s+(?<name>${MONTH})(?:,?${OF}\\s+(?<year>${YEAR}))?`,
  `(?<name>${MONTH})${OF},?\\s+(?<year>${YEAR})`,
  `(?<name>${MONTH})`,
  `(?<weekday>${WEEKDAY})`,
  `(?<![\\d.,€$£])(?<year>${YEAR})(?![\\d.,]*\\d|\\s?(?:€|euros?|dollars?|pounds?|%))`,
];
const DATES = FORMS.map((form) => new RegExp(`(?<![\\p{L}\\d])(?:${form})`, 'giu'));
const MAY_HAVE_DATES = new RegExp(`\\d|${MONTH}|${WEEKDAY}`, 'iu');
/** Months that are words too, where nothing beside them says that they are months. */
const WORDS_TOO = /^(?:may|march|mar|mai|mars|sep|dec|jan|apr|jun|jul|aug|oct|nov|feb)$/i;

/** The dates that a text states, the fullest reading of each. */
export function datesIn(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  if (!MAY_HAVE_DATES.test(text)) return found;
  for (const form of DATES) {
    for (const match of text.matchAll(form)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (found.some((other) => from < other.to && other.from < to)) continue;
      const isLoose = WORDS_TOO.test(match[0]) && !IN_MONTH.test(before(text, from));
      const readings = isLoose ? [] : readingsOf(match.groups ?? {});
      if (readings.length > 0) found.push({ text: match[0].trim(), from, to, readings });
    }
  }
  found.push(...found.flatMap((date) => daysBeside(text, date)));
  return found.sort((a, b) => a.from - b.from);
}

/** As far back as a date is looked at: a pattern with an end would be tried at each place of a long text. */
const MOST_BEFORE = 60;

function before(text: string, at: number): string {
  return text.slice(Math.max(0, at - MOST_BEFORE), at);
}

const OR = '(?:,|and|or|to|until|und|oder|bis|et|ou|au|y|o|al|[-–])';
const DAY_BEHIND = new RegExp(
  `^\\s*${OR}\\s*(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?=\\s*(?:[.,;:!?)]|$)|\\s+\\p{L})`,
  'iu',
);
const DAY_BEFORE = new RegExp(
  `(?<![\\d.,])(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s*${OR}\\s*(?:the\\s+|den\\s+|dem\\s+)?$`,
  'iu',
);

/** "October 13 or 14", "13 or 14 October": the other day of the same month. */
function daysBeside(text: string, { from, to, readings }: FoundDate): FoundDate[] {
  const [reading] = readings;
  if (readings.length !== 1 || reading?.month === undefined || reading.day === undefined) return [];
  const isMonthFirst = /^\p{L}/u.test(text.slice(from, to)) && !/^(?:the|den|le|el)\s/i.test(text.slice(from, to));
  const match = isMonthFirst ? DAY_BEHIND.exec(text.slice(to)) : DAY_BEFORE.exec(before(text, from));
  const [whole = '', day = ''] = match ?? [];
  if (match === null || Number(day) < 1 || Number(day) > 31) return [];
  const at = isMonthFirst ? to + whole.indexOf(day) : from - whole.length;
  return [{ text: day, from: at, to: at + day.length, readings: [{ ...reading, day: Number(day) }] }];
}

const IN_MONTH =
  /\b(?:in|since|until|till|by|early|late|mid|end of|last|next|this|of|im|bis|seit|ende|anfang|en|fin)[\s-]+$/i;

function readingsOf(groups: Record<string, string | undefined>): PartOfDate[] {
  const year = groups.year === undefined ? {} : { year: Number(groups.year) };
  if (groups.weekday !== undefined) return [{ weekday: placeOf(WEEKDAYS, groups.weekday) }];
  if (groups.first !== undefined) {
    const [a, b] = [Number(groups.first), Number(groups.second)];
    return [
      { ...year, month: a, day: b },
      { ...year, month: b, day: a },
    ].filter(isPossible);
  }
  const month = groups.name !== undefined ? placeOf(MONTHS, groups.name.replace('.', '')) : Number(groups.month);
  const day = groups.day === undefined ? {} : { day: Number.parseInt(groups.day, 10) };
  return [{ ...year, ...(Number.isNaN(month) ? {} : { month }), ...day }].filter(isPossible);
}

function isPossible({ month = 1, day = 1 }: PartOfDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function placeOf(names: readonly string[], name: string): number {
  return 1 + names.findIndex((forms) => new RegExp(`^(?:${forms})$`, 'iu').test(name));
}

const DAY_MS = 86_400_000;
/** Days from the recording's, of words that people use loosely. */
const LOOSE: [RegExp, number[]][] = [
  [/\b(?:next week|nächste woche|semaine prochaine|próxima semana)\b/i, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
  [
    /\b(?:last week|letzte woche|semaine dernière|semana pasada)\b/i,
    [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13],
  ],
  [/\b(?:morgen|mañana)\b/i, [1]],
];
const IN_UNITS = /^\s+(?:(days?|tagen?|jours?|días?)|(weeks?|wochen?|semaines?|semanas?))\b/i;

/** The dates that a line states, and the days reckoned from its recording's; those of the recording itself. */
export function statedDates(text: string, recordedAt: string | null, languages: readonly Language[]): PartOfDate[] {
  const said = eachOnce([
    ...datesIn(text).flatMap(({ readings }) => readings),
    ...spokenDates(text, languages),
    ...spokenYears(text, languages),
  ]);
  const years = said.flatMap(({ year, month }) => (year === undefined || month !== undefined ? [] : [year]));
  for (const date of said.filter(({ month, year }) => month !== undefined && year === undefined))
    said.push(...years.map((year) => ({ ...date, year })));
  if (recordedAt === null) return said;
  const recorded = Date.parse(recordedAt);
  const days = LOOSE.flatMap(([words, offsets]) => (words.test(text) ? offsets : []));
  for (const { to, values } of numbersIn(text, languages)) {
    const [unit, inDays] = IN_UNITS.exec(text.slice(to, to + MOST_BEFORE)) ?? [];
    // "Quinze jours" are two weeks.
    const counts = inDays
      ? values.flatMap((value) => [value, ...(value === 15 ? [14] : value === 8 ? [7] : [])])
      : values;
    if (unit) days.push(...counts.flatMap((value) => [value, -value].map((n) => n * (inDays ? 1 : 7))));
  }
  const weekdays = said.flatMap(({ weekday }) => weekday ?? []);
  for (let offset = -7; offset <= 14; offset++) {
    if (weekdays.includes(dateOf(recorded + offset * DAY_MS).weekday)) days.push(offset);
  }
  const reckoned = days.map((offset) => dateOf(recorded + offset * DAY_MS));
  const here = dateOf(recorded);
  return [
    ...said.flatMap((date) => filledFrom(date, here)),
    ...reckoned,
    ...meantDates(text, recordedAt),
    ...daysAlone(text, here, languages),
  ];
}

/** What a text repeats is one date: a text of a thousand days and a thousand years would state a million. */
function eachOnce(dates: readonly PartOfDate[]): PartOfDate[] {
  const keyOf = ({ year, month, day, weekday }: PartOfDate) => `${year}/${month}/${day}/${weekday}`;
  return [...new Map(dates.map((date) => [keyOf(date), date])).values()];
}

const BEFORE_A_DAY = /(?<!\p{L})(?:the|am|vom|zum|den|dem|le|el)\s+$/iu;

/** "on the 15th": of the month before, of this one or of the next. */
function daysAlone(text: string, here: Required<PartOfDate>, languages: readonly Language[]): PartOfDate[] {
  return numbersIn(text, languages)
    .filter(({ from }) => BEFORE_A_DAY.test(before(text, from)))
    .flatMap(({ values: [day = 0] }) =>
      Number.isInteger(day) && day >= 1 && day <= 31
        ? [-1, 0, 1].map((distance) => dateOf(Date.UTC(here.year, here.month - 1 + distance, day)))
        : [],
    );
}

/** A stretch of no more days is as good as each of them: "at the end of the month". */
const FEW_DAYS = 11;

/** The dates that words mean by their distance from the recording, or by a name: "next month", "Easter Monday". */
function meantDates(text: string, recordedAt: string): PartOfDate[] {
  return daysMeant({ text, today: dayOf(recordedAt, 'UTC') }).flatMap(({ from, to }) => {
    const count = from.until(to, { largestUnit: 'days' }).days;
    if (count <= FEW_DAYS) return Array.from({ length: count }, (_, i) => partsOf(from.add({ days: i })));
    const last = to.subtract({ days: 1 });
    if (from.year !== last.year) return [];
    return from.month === last.month ? [{ year: from.year, month: from.month }] : [{ year: from.year }];
  });
}

function partsOf({ year, month, day, dayOfWeek }: Day): Required<PartOfDate> {
  return { year, month, day, weekday: dayOfWeek };
}

/** They are slow to make. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of a recording, as its zone may have it. */
export function daysOf(recordedAt: string, timeZone: string): PartOfDate[] {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
  formats.set(timeZone, format);
  return [dateOf(Date.parse(recordedAt)), dateOf(Date.parse(format.format(new Date(recordedAt))))];
}

function dateOf(ms: number): Required<PartOfDate> {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
  };
}

const MONTH_NAME = new RegExp(`(?<!\\p{L})(${MONTH})`, 'giu');

/** `May twelfth`, `the twelfth of May`: the day in words. */
function spokenDates(text: string, languages: readonly Language[]): PartOfDate[] {
  const numbers = numbersIn(text, languages);
  return [...text.matchAll(MONTH_NAME)].flatMap((match) => {
    const month = placeOf(MONTHS, (match[1] as string).replace('.', ''));
    const around = numbers.filter(
      ({ from, to }) =>
        Math.abs(match.index - to) < 5 || (from - match.index - match[0].length < 6 && from > match.index),
    );
    const days = around.flatMap(({ values, parts }) => [...values, ...parts]);
    return days.filter((day) => Number.isInteger(day) && day >= 1 && day <= 31).map((day) => ({ month, day }));
  });
}

/** `nineteen ninety four`, or `ninety four` alone. */
function spokenYears(text: string, languages: readonly Language[]): PartOfDate[] {
  return statedNumbers(text, languages).flatMap((value) => {
    if (!Number.isInteger(value) || value < 0) return [];
    if (value < 100) return [{ year: value < 30 ? 2000 + value : 1900 + value }];
    return value >= 1900 && value < 2100 ? [{ year: value }] : [];
  });
}

/** What a line leaves open: the year is the recording's or the next one's, the weekday follows. */
function filledFrom(date: PartOfDate, here: Required<PartOfDate>): PartOfDate[] {
  if (date.month === undefined || (date.year !== undefined && date.day === undefined)) return [date];
  const years = date.year === undefined ? [here.year - 1, here.year, here.year + 1] : [date.year];
  return years.map((year) => {
    const weekday =
      date.day === undefined ? {} : { weekday: dateOf(Date.UTC(year, (date.month as number) - 1, date.day)).weekday };
    return { ...date, year, ...weekday };
  });
}

/** Whether one of the stated dates says all that a date says. */
export function isStatedDate(date: PartOfDate, stated: readonly PartOfDate[]): boolean {
  const keys = ['year', 'month', 'day', 'weekday'] as const;
  return stated.some((other) => keys.every((key) => date[key] === undefined || date[key] === other[key]));
}
