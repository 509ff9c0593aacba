import { type Day, isLater, isoWeek, month, nearestPast, quarter, type Span, year } from './calendar.ts';
import { type DateRule, known, words, yearly } from './date-phrase.ts';
import { AMBIGUOUS, MONTH, monthNumber } from './month-names.ts';
import { OF, ORDINALS, YEAR, yearRule } from './year-rules.ts';

/** Words after which an ambiguous name is a month. */
const LEADING =
  'in|during|of|since|until|till|before|after|from|to|between|and|by|through|early|late|mid|middle of|end of|im|seit|bis|ab|vor|nach|ende|anfang|mitte|und|en|de|depuis|avant|après|début|fin|mi|et|au mois de|du mois de|desde|hasta|mes de|y';
const LAST = 'last|letzte[nm]|vergangene[nm]|vorige[nm]';
const THIS = 'this|diese[nm]|ce|este';

const QUARTER_RULES = ORDINALS.flatMap((names, index): DateRule[] => {
  const number = index + 1;
  return [
    yearRule(`(?:q${number}|t${number}|(?:${names}) (?:quarter|quartals?|trimestre))`, 'quarter', (inYear) =>
      quarter(inYear, number),
    ),
  ];
});
const HALVES = ORDINALS.slice(0, 2).map((names, index) =>
  yearRule(
    `(?:h${index + 1}|(?:${names}) (?:half(?= (?:of )?(?:20\\d\\d|last year|this year|the year))|halbjahr|semestre))`,
    'span',
    (inYear) => ({
      from: quarter(inYear, 2 * index + 1).from,
      to: quarter(inYear, 2 * index + 2).to,
    }),
  ),
);

const SEASONS = [
  ['spring|frühling|frühjahr|printemps|primavera', 3],
  ['summer|sommer|été|verano', 6],
  ['autumn|fall|herbst|automne|otoño', 9],
  ['winter|hiver|invierno', 12],
] as const;
const SEASON_RULES = SEASONS.map(([names, first]): DateRule => {
  const inYear = (number: number): Span => {
    const { from } = month(number, first);
    return { from, to: from.add({ months: 3 }) };
  };
  return {
    pattern: words(
      `(?:(?:last|this|past|letzten|diesen|vergangenen|im|cet|ce|l['’])(?: )?)(?:${names})(?: (?:dernier|passé))?|(?:${names}) (?:of )?${YEAR}|(?:el |la )?(?:${names}) pasad[oa]`,
    ),
    read: ({ groups }, today) =>
      groups?.year === undefined
        ? yearly('span', inYear, nearestPast(today, inYear))
        : known('span', inYear(Number(groups.year))),
  };
});

const LAST_WEEK = 'last|final|letzte[nmrs]?|dernière|última';
/** "the second week of March". */
const WEEK_RULES = [...ORDINALS.slice(0, 4), LAST_WEEK].map((names, index): DateRule => {
  const weekIn = (inYear: number, name: string): Span => {
    const { from, to } = month(inYear, monthNumber(name));
    if (index === 4) return { from: to.subtract({ days: 7 }), to };
    return { from: from.add({ days: 7 * index }), to: from.add({ days: 7 * index + 7 }) };
  };
  return {
    pattern: words(
      `(?:${names}) (?:week|woche|semaine|semana) (?:of|in|im|vom|des|de|du|d['’]|del)(?: )?(?:the )?(?<name>${MONTH})(?:${OF} ${YEAR})?`,
    ),
    read: ({ groups }, today) => {
      const inYear = (number: number) => weekIn(number, groups?.name ?? '');
      if (groups?.year !== undefined) return known('week', inYear(Number(groups.year)));
      return yearly('week', inYear, nearestPast(today, inYear));
    },
  };
});

/** Months, quarters, half-years, seasons, numbered weeks and years. */
export const MONTH_RULES: DateRule[] = [
  {
    pattern: words(`(?<name>${MONTH})${OF} ${YEAR}`),
    read: ({ groups }) => known('month', month(Number(groups?.year), monthNumber(groups?.name ?? ''))),
  },
  {
    pattern: words(`(?<name>${MONTH})`),
    read: (match, today) => {
      const name = match[0];
      const before = match.input.slice(0, match.index);
      const isNamed = new RegExp(`(?<!\\p{L})(?:${LEADING}|${LAST}|${THIS}|next)[\\s-]+$`, 'iu').test(before);
      const isOfYear = /^\s+(?:of\s+)?(?:last|this)\s+year/i.test(match.input.slice(match.index + name.length));
      if (AMBIGUOUS.test(name) && !isNamed && !isOfYear) return null;
      return monthNear(today, monthNumber(name), before);
    },
  },
  {
    pattern: words(
      `(?:last day|letzte[nrm]? tag|dernier jour|último día) (?:of|in|im|des|de|du|en|del) (?<name>${MONTH})(?:${OF} ${YEAR})?`,
    ),
    read: ({ groups }, today) => {
      const inYear = (number: number): Span => {
        const { to } = month(number, monthNumber(groups?.name ?? ''));
        return { from: to.subtract({ days: 1 }), to };
      };
      if (groups?.year !== undefined) return known('day', inYear(Number(groups.year)));
      return yearly('day', inYear, nearestPast(today, inYear));
    },
  },
  ...WEEK_RULES,
  ...QUARTER_RULES,
  ...HALVES,
  ...SEASON_RULES,
  {
    pattern: words(
      `(?:calendar week|week|cw|kw|kalenderwoche|woche|semaine|semana) (?:no\\.? |nr\\.? |n°)?(?<week>\\d{1,2})(?:${OF} ${YEAR})?`,
    ),
    read: ({ groups }, today) => {
      const inYear = (number: number) => isoWeek(number, Number(groups?.week));
      if (groups?.year !== undefined) return known('week', inYear(Number(groups.year)));
      return yearly('week', inYear, nearestPast(today, inYear));
    },
  },
  {
    pattern: words(
      `(?<=(?<![\\p{L}])(?:in|during|of|for|early|late|mid|anfang|mitte|ende|début|fin|finales de|principios de|mediados de|since|until|before|after|by|from|to|and|im jahr|jahr|seit|bis|vor|nach|year|en|de|depuis|avant|après|desde|hasta|año|année|between|zwischen|entre|und|et|y) )${YEAR}(?!\\s*(?:euros?|dollars?|units?|people|pieces?|%|percent|€|\\$|[.,:]\\d))`,
    ),
    read: (match) => known('year', year(Number(match.groups?.year))),
  },
];

/** "last March" said in March is the one a year ago, "this March" that of this year. */
function monthNear(today: Day, number: number, before: string): ReturnType<typeof yearly> {
  const inYear = (of: number) => month(of, number);
  const follows = (which: string) => new RegExp(`(?<!\\p{L})(?:${which})\\s+$`, 'iu').test(before);
  if (follows(THIS)) return yearly('month', inYear, inYear(today.year));
  if (follows('next')) {
    const inThis = inYear(today.year);
    return yearly('month', inYear, isLater(inThis.from, today) ? inThis : inYear(today.year + 1));
  }
  const reference = follows(LAST) ? today.with({ day: 1 }).subtract({ days: 1 }) : today;
  return yearly('month', inYear, nearestPast(reference, inYear));
}
