import { type Day, mondayOf, oneDay } from './calendar.ts';
import { type DateRule, words } from './date-phrase.ts';

const NAMES = [
  'monday|montag|lundi|lunes',
  'tuesday|dienstag|mardi|martes',
  'wednesday|mittwoch|mercredi|miércoles|miercoles',
  'thursday|donnerstag|jeudi|jueves',
  'friday|freitag|vendredi|viernes',
  'saturday|samstag|sonnabend|samedi|sábado|sabado',
  'sunday|sonntag|dimanche|domingo',
];
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
    rule(`(?:${THIS}) (?:${names})`, (today) => ofWeek(today, weekday)),
    rule(`(?:${NEXT}) (?:${names})|(?:${names}) (?:${BEHIND_NEXT})`, (today) =>
      lastPast(today, weekday).add({ weeks: weekday === today.dayOfWeek ? 2 : 1 }),
    ),
    rule(`(?:${names}) before last|vorletzte[nm] (?:${names})|avant-dernier (?:${names})`, (today) =>
      lastPast(today, weekday).subtract({ weeks: 1 }),
    ),
  ];
});

/** The day of that name in the week of this one. */
export function ofWeek(day: Day, weekday: number): Day {
  return mondayOf(day).add({ days: weekday - 1 });
}

function lastPast(today: Day, weekday: number): Day {
  return today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 || 7 });
}
