import { type Day, mondayOf, month, nearestPast, oneDay, type Span } from './calendar.ts';
import { type DateRule, group, known, numberOf, words, yearly } from './date-phrase.ts';
import { MONTH, monthNumber } from './month-names.ts';
import { OF, ORDINALS, YEAR } from './year-rules.ts';

const NAMES = [
  'monday|montag|lundi|lunes',
  'tuesday|dienstag|mardi|martes',
  'wednesday|mittwoch|mercredi|miércoles|miercoles',
  'thursday|donnerstag|jeudi|jueves',
  'friday|freitag|vendredi|viernes',
  'saturday|samstag|sonnabend|samedi|sábado|sabado',
  'sunday|sonntag|dimanche|domingo',
];
/** Short forms, which are words too. */
const SHORT = ['mon', 'tues?', 'weds?', 'thu(?:rs?)?', 'fri', 'sat', 'sun'];
const THIS = 'this|diese[nm]|ce|este';
const NEXT = 'next|nächste[nm]|kommende[nm]|próximo';
const BEHIND_NEXT = 'prochain|próximo|que viene';

/** Weekdays: alone, or as the last one, it is the last one past. */
export const WEEKDAY_RULES: DateRule[] = NAMES.flatMap((names, index) => {
  const weekday = index + 1;
  const rule = (pattern: string, dayFrom: (today: Day) => Day): DateRule => ({
    pattern: words(pattern),
    read: (_, today) => ({ kind: 'weekday', weekday, spans: [oneDay(dayFrom(today))] }),
  });
  return [
    rule(
      `(?:(?:last|letzte[nm]|vergangene[nm]|vorige[nm]|el|le) )?(?:${names})(?: (?:dernier|passé|pasado))?`,
      (today) => lastPast(today, weekday),
    ),
    {
      pattern: words(`(?<n1>{N}) (?:${names})s ago|vor (?<n2>{N}) (?:${names})en|il y a (?<n3>{N}) (?:${names})s`),
      read: (match, today) => {
        const weeks = numberOf(group(match, 'n') ?? '') - 1;
        return known('day', oneDay(lastPast(today, weekday).subtract({ weeks })));
      },
    },
    rule(
      `(?<=(?<!\\p{L})(?:last|on|since|by|until) )(?:${SHORT[index]})\\.?(?=\\s*(?:[?,.!]|$|at|we|did|the \\d))|(?:${SHORT[index]})\\.?(?= last week)`,
      (today) => lastPast(today, weekday),
    ),
    rule(`(?:${THIS}) (?:${names})`, (today) => ofWeek(today, weekday)),
    rule(`(?:${NEXT}) (?:${names})|(?:${names}) (?:${BEHIND_NEXT})`, (today) =>
      lastPast(today, weekday).add({ weeks: weekday === today.dayOfWeek ? 2 : 1 }),
    ),
    rule(
      `(?:${names}) before last|vorletzte[nm] (?:${names})|avant-dernier (?:${names})|penúltimo (?:${names})`,
      (today) => lastPast(today, weekday).subtract({ weeks: 1 }),
    ),
  ];
});

const PLACES = [...ORDINALS, 'last|letzte[nmrs]?|dernier|último'];

/** "the first Monday of February", "el último viernes de enero". */
export const COUNTED_WEEKDAY_RULE: DateRule = {
  pattern: words(
    `(?<place>${PLACES.join('|')}) (?<day>${NAMES.join('|')}) (?:of|in|im|des|de|du|en|del) (?<name>${MONTH})(?:${OF} ${YEAR})?`,
  ),
  read({ groups = {} }, today) {
    const placeIn = (names: readonly string[], name = '') =>
      names.findIndex((each) => new RegExp(`^(?:${each})$`, 'iu').test(name));
    const [place, weekday] = [placeIn(PLACES, groups.place), placeIn(NAMES, groups.day) + 1];
    const inYear = (year: number) => countedIn(month(year, monthNumber(groups.name ?? '')), weekday, place);
    if (groups.year !== undefined) return known('day', inYear(Number(groups.year)));
    return yearly('day', inYear, nearestPast(today, inYear));
  },
};

/** @param place from 0; the last one where it is 4 */
function countedIn({ from, to }: Span, weekday: number, place: number): Span {
  const ahead = (weekday - from.dayOfWeek + 7) % 7;
  const back = (to.dayOfWeek - weekday + 6) % 7;
  return oneDay(place === 4 ? to.subtract({ days: back + 1 }) : from.add({ days: ahead + 7 * place }));
}

/** The day of that name in the week of this one. */
export function ofWeek(day: Day, weekday: number): Day {
  return mondayOf(day).add({ days: weekday - 1 });
}

function lastPast(today: Day, weekday: number): Day {
  return today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 || 7 });
}
