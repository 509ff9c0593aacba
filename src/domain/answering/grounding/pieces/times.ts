import type { Language } from '../languages.ts';
import { statedNumbers } from './numbers.ts';

/** A time of day, or of a recording: `11:25`, `3:35 pm`, `1:02:03`. */
export interface FoundTime {
  text: string;
  from: number;
  to: number;
  seconds: number[];
}

const TIME =
  /(?<![\d:.,])(\d{1,2})(?::|\s?h\s?)(\d\d)(?::(\d\d))?(?!\d)(?:\s?([ap])\.?m\b\.?)?|(?<![\d:.,])(\d{1,2})\s?([ap])\.?m\b\.?/gi;
const HALF_DAY = 12 * 3600;

export function timesIn(text: string): FoundTime[] {
  return [...text.matchAll(TIME)].map((match) => {
    const [whole, first = match[5], second = '0', third, half = match[6]] = match;
    const [a, b] = [Number(first), Number(second)];
    const asClock = third === undefined ? a * 3600 + b * 60 : a * 3600 + b * 60 + Number(third);
    const asLength = third === undefined && half === undefined ? [a * 60 + b] : [];
    return { text: whole, from: match.index, to: match.index + whole.length, seconds: [asClock, ...asLength] };
  });
}

/** Times of day that a line states, in digits or in words such as `eleven twenty five`. */
export function statedTimes(text: string, languages: readonly Language[]): number[] {
  const written = timesIn(text).flatMap(({ seconds }) => seconds);
  const spoken = statedNumbers(text, languages).flatMap((value) => {
    const [hours, minutes] =
      value < 25 && !Number.isInteger(value)
        ? [Math.floor(value), Math.round((value % 1) * 100)]
        : [Math.floor(value / 100), value % 100];
    if (Number.isInteger(value) && value >= 0 && value <= 24) return [value * 3600];
    if (Number.isInteger(value) && value < 100) return [];
    return hours >= 0 && hours <= 24 && minutes < 60 && Number.isInteger(minutes) ? [hours * 3600 + minutes * 60] : [];
  });
  return [...written, ...spoken, ...clockTimes(text, languages), ...namedTimes(text)];
}

/** Minutes that are added to the hour that is named. */
const CLOCKS: [string, number][] = [
  ['half(?: past)? {H}', 30],
  ['five past {H}|fünf nach {H}', 5],
  ['ten past {H}|zehn nach {H}', 10],
  ['twenty past {H}|zwanzig nach {H}', 20],
  ['five to {H}|fünf vor {H}', -5],
  ['ten to {H}|zehn vor {H}', -10],
  ['twenty to {H}|zwanzig vor {H}', -20],
  ['(?:quarter past|viertel nach) {H}', 15],
  ['(?:quarter (?:to|of)|viertel vor|dreiviertel) {H}', -15],
  ['halb {H}', -30],
  ['fünf nach halb {H}', -25],
  ['fünf vor halb {H}', -35],
  ['{H} (?:heures? et demie?|y media)', 30],
  ['{H} (?:heures? et quart|y cuarto)', 15],
  ['{H} (?:heures? moins le quart|menos cuarto)', -15],
  ['{H} (?:heures? moins|menos) (?:cinq|cinco)', -5],
  ['{H} (?:heures? moins|menos) (?:dix|diez)', -10],
  ['{H} (?:heures? moins|menos) (?:vingt|veinte)', -20],
  ['{H} y diez', 10],
  ['{H} y veinte', 20],
];

/** "half past nine", "halb zehn", "las nueve y media": what people say of a clock. */
function clockTimes(text: string, languages: readonly Language[]): number[] {
  const written = [...text.matchAll(HOUR_AND_MINUTES)].flatMap(([, hour = '', minute = '']) => {
    const [hours, minutes] = [statedNumbers(hour, languages)[0], statedNumbers(minute, languages)[0]];
    return hours === undefined || minutes === undefined || hours > 24 || minutes > 59
      ? []
      : [hours * 3600 + minutes * 60];
  });
  return CLOCKS.flatMap(([form, minutes]) => {
    const source = form.replaceAll('{H}', '(\\d{1,2}|\\p{L}+)').replaceAll(' ', '\\s+');
    return [...text.matchAll(new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L})`, 'giu'))].flatMap(([, ...hours]) =>
      statedNumbers(hours.find((hour) => hour !== undefined) ?? '', languages)
        .filter((value) => Number.isInteger(value) && value >= 0 && value <= 24)
        .map((value) => value * 3600 + minutes * 60),
    );
  }).concat(written);
}

/** "acht Uhr fünfzehn": the minutes behind the hour. */
const HOUR_AND_MINUTES =
  /(?<![\p{L}-])(\d{1,2}|[\p{L}-]+)\s+(?:uhr|heures?|horas)\s+(?:y\s+|et\s+)?(\d{1,2}|[\p{L}-]+)(?!\p{L})/giu;
const NOON = /(?<!\p{L})(?:noon|midday|mittags?|midi|mediodía|midnight|mitternacht|minuit|medianoche)(?!\p{L})/iu;

/** Noon and midnight are the same time on the clock. */
function namedTimes(text: string): number[] {
  return NOON.test(text) ? [HALF_DAY] : [];
}

/** Whether one of these times is the same on the clock, in the morning or in the evening. */
export function isStatedTime(time: FoundTime, stated: readonly number[]): boolean {
  return time.seconds.some((seconds) => stated.some((other) => seconds % HALF_DAY === other % HALF_DAY));
}

/** Whether a time is one of a cited line's in its recording, give or take a few seconds. */
export function isWithin(time: FoundTime, lines: readonly { startMs: number; endMs: number }[]): boolean {
  return time.seconds.some((seconds) =>
    lines.some(({ startMs, endMs }) => seconds * 1000 >= startMs - 5_000 && seconds * 1000 <= endMs + 5_000),
  );
}
