import { Temporal } from 'temporal-polyfill';

export type Day = Temporal.PlainDate;

/** Days from `from` until before `to`; an open end is null. */
export interface Days {
  from: Day | null;
  to: Day | null;
}

/** A stretch of days with both ends. */
export interface Span extends Days {
  from: Day;
  to: Day;
}

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekend';

/** The day on which this moment falls in a zone. */
export function dayOf(instant: string, timezone: string): Day {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate();
}

/** When a day begins in a zone, ISO 8601 UTC with milliseconds. */
export function beginningOf(day: Day, timezone: string): string {
  return day.toZonedDateTime(timezone).toInstant().toString({ fractionalSecondDigits: 3 });
}

export const oneDay = (day: Day): Span => ({ from: day, to: day.add({ days: 1 }) });

/** The whole unit that holds this day; a weekend is the one of its week. */
export function unitOf(unit: Unit, day: Day): Span {
  switch (unit) {
    case 'day':
      return oneDay(day);
    case 'week': {
      const monday = mondayOf(day);
      return { from: monday, to: monday.add({ weeks: 1 }) };
    }
    case 'weekend': {
      const saturday = mondayOf(day).add({ days: 5 });
      return { from: saturday, to: saturday.add({ days: 2 }) };
    }
    case 'month': {
      const first = day.with({ day: 1 });
      return { from: first, to: first.add({ months: 1 }) };
    }
    case 'quarter':
      return quarter(day.year, Math.ceil(day.month / 3));
    case 'year':
      return year(day.year);
  }
}

/** The day so many units later, or earlier where `count` is negative. */
export function shifted(day: Day, unit: Unit, count: number): Day {
  switch (unit) {
    case 'day':
      return day.add({ days: count });
    case 'week':
    case 'weekend':
      return day.add({ weeks: count });
    case 'month':
      return day.add({ months: count });
    case 'quarter':
      return day.add({ months: 3 * count });
    case 'year':
      return day.add({ years: count });
  }
}

export const mondayOf = (day: Day): Day => day.subtract({ days: day.dayOfWeek - 1 });

export function year(number: number): Span {
  const from = new Temporal.PlainDate(number, 1, 1);
  return { from, to: from.add({ years: 1 }) };
}

/** @param number 1 to 4. */
export function quarter(inYear: number, number: number): Span {
  const from = new Temporal.PlainDate(inYear, 3 * number - 2, 1);
  return { from, to: from.add({ months: 3 }) };
}

export const month = (inYear: number, number: number): Span =>
  unitOf('month', new Temporal.PlainDate(inYear, number, 1));

/** A week by its ISO number; null where the year has no such week. */
export function isoWeek(inYear: number, number: number): Span | null {
  const monday = mondayOf(new Temporal.PlainDate(inYear, 1, 4)).add({ weeks: number - 1 });
  const isThere = number >= 1 && monday.add({ days: 3 }).year === inYear;
  return isThere ? { from: monday, to: monday.add({ weeks: 1 }) } : null;
}

/** The date; null where the calendar has none such. */
export function dateOf(inYear: number, inMonth: number, day: number): Day | null {
  try {
    return Temporal.PlainDate.from({ year: inYear, month: inMonth, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** The latest year up to this day's in which `make` gives a span that has begun by this day. */
export function nearestPast(today: Day, make: (inYear: number) => Span | null): Span | null {
  // 29 February may be eight years ago.
  for (let back = 0; back <= 8; back++) {
    const span = make(today.year - back);
    if (span !== null && !isLater(span.from, today)) return span;
  }
  return null;
}

export const isLater = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) > 0;

/** The first, second or last third of a span. */
export function thirdOf({ from, to }: Span, which: 0 | 1 | 2): Span {
  const days = from.until(to, { largestUnit: 'days' }).days;
  const at = (third: number) => from.add({ days: Math.ceil((days * third) / 3) });
  return { from: at(which), to: at(which + 1) };
}
