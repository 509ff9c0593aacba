import { type Day, dateOf, oneDay, type Span } from './calendar.ts';
import type { DateRule } from './date-phrase.ts';
import { yearRule } from './year-rules.ts';

/** Days that have a name, by month and day. */
const FIXED: [string, number, number][] = [
  ['christmas eve|heiligabend|heilig(?:er |en )abend|(?:veille|réveillon) de noël|nochebuena', 12, 24],
  ['christmas(?: day)?|xmas|weihnachten|noël|navidad', 12, 25],
  ["new year['’]?s eve|silvester|saint[- ]sylvestre|nochevieja", 12, 31],
  ["new year(?:['’]?s)?(?: day)?|neujahr|nouvel an|año nuevo", 1, 1],
  ["valentine['’]?s(?: day)?|valentinstag|saint[- ]valentin|san valentín", 2, 14],
  ['halloween', 10, 31],
];
/** Days that are reckoned from Easter Sunday: how many days behind it. */
const MOVABLE: [string, number][] = [
  ['good friday|karfreitag|vendredi saint|viernes santo', -2],
  ['easter(?: sunday)?|ostern|ostersonntag|pâques|pascua', 0],
  ['easter monday|ostermontag|lundi de pâques|lunes de pascua', 1],
  ['ascension(?: day)?|christi himmelfahrt|ascensión', 39],
  ['whitsun|pentecost|pfingsten|pfingstsonntag|pentecôte|pentecostés', 49],
  ['whit monday|pfingstmontag|lundi de pentecôte', 50],
];

/** Feasts by name: "since Easter", "an Heiligabend". */
export const FEAST_RULES: DateRule[] = [
  ...FIXED.map(([names, month, day]) => yearRule(`(?:${names})`, 'day', (year) => spanOf(dateOf(year, month, day)))),
  ...MOVABLE.map(([names, behind]) =>
    yearRule(`(?:${names})`, 'day', (year) => spanOf(easterOf(year).add({ days: behind }))),
  ),
  yearRule('(?:semana santa|karwoche|holy week|semaine sainte)', 'span', (year) => {
    const easter = easterOf(year);
    return { from: easter.subtract({ days: 7 }), to: easter.add({ days: 1 }) };
  }),
];

function spanOf(day: Day | null): Span | null {
  return day && oneDay(day);
}

/** Easter Sunday, by Butcher's reckoning of the Gregorian calendar. */
function easterOf(year: number): Day {
  const moon = year % 19;
  const century = Math.floor(year / 100);
  const epact =
    (19 * moon +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7;
  const correction = Math.floor((moon + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * correction + 114;
  return dateOf(year, Math.floor(sum / 31), (sum % 31) + 1) as Day;
}
