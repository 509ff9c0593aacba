import { type Day, oneDay, type Span, shifted, thirdOf, type Unit, unitOf } from './calendar.ts';
import { type DatePhrase, type DateRule, group, known, numberOf, words } from './date-phrase.ts';

/** Days by their distance from today: "yesterday", "last week", "vor drei Tagen", "les deux derniers mois". */

const UNITS: [Unit, string][] = [
  ['weekend', 'weekends?|wochenenden?|week-?ends?|fin(?:es)? de semana'],
  ['day', 'days?|tagen?|tag|jours?|días?|dias?'],
  ['week', 'weeks?|wochen?|semaines?|semanas?'],
  ['month', 'months?|monaten?|monats?|monate|mois|mes(?:es)?'],
  ['quarter', 'quarters?|quartals?|quartalen?|trimestres?'],
  ['year', 'years?|jahren?|jahre?s?|ann[ée]es?|ans?|años?'],
];
const UNIT = UNITS.map(([, names]) => names).join('|');

const NOT_GERMAN =
  '(?<!(?<!\\p{L})(?:was|wer|wie|wo|wurde|wird|ist|sind|hat|haben|wir|ich|man|die|der|das|und|sie|es)(?!\\p{L}).*)';
const DAYS: [string, number][] = [
  ['(?:the )?day before yesterday|vorgestern|avant-hier|anteayer|antier|antes de ayer|anteanoche', -2],
  // "hier" is "here" in German.
  [`yesterday|last night|gestern|${NOT_GERMAN}hier|ayer|anoche`, -1],
  [
    "today|tonight|this (?:morning|afternoon|evening)|heute|aujourd['’]hui|ce (?:matin|soir)|cet apr[èe]s-midi|hoy|esta (?:mañana|tarde|noche)",
    0,
  ],
  ['tomorrow|demain', 1],
  ['(?:the )?day after tomorrow|übermorgen|après-demain|pasado mañana', 2],
];

const BEFORE_LAST = 'vorletzte[nmrs]?|avant-derni[èe]re?|penúltim[oa]|antepenúltim[oa]';
const LAST = 'last|previous|letzte[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?|derni[èe]re?|últim[oa]|ultim[oa]';
const THIS = 'this|the current|diese[nmrs]?|cette|cet|ce|est[ae]';
const NEXT = 'next|the coming|nächste[nmrs]?|kommende[nmrs]?|prochaine?|próxim[oa]';
/** They stand behind the unit in French and Spanish. */
const LAST_BEHIND = 'derni[èe]re?|passée?|précédente?|pasad[oa]|anterior';
const NEXT_BEHIND = 'prochaine?|suivante?|próxim[oa]|que viene';

export const RELATIVE_RULES: DateRule[] = [
  ...DAYS.map(([names, distance]): DateRule => {
    return { pattern: words(names), read: (_, today) => known('day', oneDay(shifted(today, 'day', distance))) };
  }),
  ...distant(
    `(?:${BEFORE_LAST}) (?<unit1>${UNIT})|(?<unit2>${UNIT}) (?:before last|avant-derni[èe]re?|antepasad[oa])`,
    -2,
  ),
  ...distant(`(?:${LAST}) (?<unit1>${UNIT})|(?<unit2>${UNIT}) (?:${LAST_BEHIND})`, -1),
  ...distant(`(?:${THIS}) (?<unit>${UNIT})`, 0),
  ...distant(`(?:${NEXT}) (?<unit1>${UNIT})|(?<unit2>${UNIT}) (?:${NEXT_BEHIND})`, 1),
  {
    pattern: words(
      '(?:a )?fortnight ago|two weeks ago|vor vierzehn Tagen|il y a (?:quinze jours|une quinzaine)|hace quince días',
    ),
    read: (_, today) => known('week', unitOf('week', shifted(today, 'week', -2))),
  },
  {
    pattern: words(
      `(?<n1>{N}) (?<unit1>${UNIT}) (?:ago|back|earlier)|(?:vor|il y a|hace) (?:(?:gut|knapp|etwa|rund|ungefähr|fast|environ|presque|casi|como|aproximadamente) )?(?<n2>{N}) (?<unit2>${UNIT})|(?<n3>{N}) (?<unit3>${UNIT}) atrás`,
    ),
    read: (match, today) => {
      const unit = unitIn(match);
      return known(kindOf(unit), unitOf(unit, shifted(today, unit, -numberOf(group(match, 'n') ?? ''))));
    },
  },
  {
    pattern: words('half a year ago|vor einem halben jahr|il y a six mois|hace medio año'),
    read: (_, today) => known('month', unitOf('month', shifted(today, 'month', -6))),
  },
  {
    pattern: words(
      '(?:the )?(?:last|past) fortnight|(?:letzten|vergangenen) vierzehn Tagen?|dernière quinzaine|última quincena',
    ),
    read: (_, today) => known('span', lately(today, 'week', 2)),
  },
  {
    pattern: words('(?:a|one) week (?:from )?(?<day>today|tomorrow)|tomorrow week'),
    read: ({ groups }, today) =>
      known('day', oneDay(today.add({ days: groups?.day?.toLowerCase() === 'today' ? 7 : 8 }))),
  },
  {
    pattern: words('monatsende|(?<=(?<!\\p{L})(?:finales|final|fines|fin) de )(?:mes|mois)'),
    read: (_, today) => known('span', thirdOf(unitOf('month', today), 2)),
  },
  {
    pattern: words('(?<=(?<!\\p{L})(?:over|at|on|during) )the weekend|(?<=am )wochenende'),
    read: (_, today) => known('span', unitOf('weekend', today.dayOfWeek > 5 ? today : shifted(today, 'week', -1))),
  },
  {
    pattern: words('jahres(?:beginn|anfang)|(?:principios|comienzos|inicios) de año'),
    read: (_, today) => known('span', thirdOf(unitOf('year', today), 0)),
  },
  {
    pattern: words('(?:the )?(?:last|past) half year|letzten halben jahrs?|dernier semestre|último medio año'),
    read: (_, today) => known('span', lately(today, 'month', 6)),
  },
  {
    // "at the start of the year" means this one.
    pattern: words(
      `(?<=(?<!\\p{L})(?:beginning|start|middle|end) of )the (?<unit1>${UNIT})|(?<=(?<!\\p{L})(?:anfang|mitte|ende) )(?:des|der) (?<unit2>${UNIT})|(?<=(?<!\\p{L})(?:début|fin) )(?:de la |du |de l['’])(?<unit3>${UNIT})`,
    ),
    read: (match, today) => {
      const unit = unitIn(match);
      return unit === 'day' ? null : known(kindOf(unit), unitOf(unit, today));
    },
  },
  {
    // "the last three weeks" reach up to now, "the last week" is the one before this.
    pattern: words(
      `(?:the )?(?:last|past|previous|letzten|vergangenen|derni[èe]re?s|últim[oa]s) (?<n1>{N}) (?<unit1>${UNIT})|(?<n2>{N}) (?:derni[èe]re?s|últim[oa]s) (?<unit2>${UNIT})|(?:the )?past (?<unit3>${UNIT})`,
    ),
    read: (match, today) => known('span', lately(today, unitIn(match), numberOf(group(match, 'n') ?? 'one'))),
  },
];

function distant(pattern: string, distance: number): DateRule[] {
  return [
    {
      pattern: words(pattern),
      read: (match, today) => {
        const unit = unitIn(match);
        // Days have words of their own: "the last day" is no date.
        return unit === 'day' ? null : known(kindOf(unit), unitOf(unit, shifted(today, unit, distance)));
      },
    },
  ];
}

function lately(today: Day, unit: Unit, count: number): Span {
  const from = shifted(today, unit, -count);
  return { from, to: today.add({ days: 1 }) };
}

function unitIn(match: RegExpExecArray): Unit {
  const name = group(match, 'unit') ?? '';
  const found = UNITS.find(([, names]) => new RegExp(`^(?:${names})$`, 'iu').test(name.replace(/\s+/g, ' ')));
  return found?.[0] ?? 'day';
}

function kindOf(unit: Unit): DatePhrase['kind'] {
  return unit === 'weekend' ? 'span' : unit;
}
