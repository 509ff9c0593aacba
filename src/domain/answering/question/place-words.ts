/** Words for recordings, and for their places in time, as patterns. */

export const NOUN =
  'meetings?|recordings?|calls?|sessions?|conversations?|interviews?|syncs?|stand-?ups?|discussions?|talks?|workshops?|reviews?|retros?|check-?ins?|catch-?ups?|gatherings?|appointments?|episodes?|besprechung(?:en)?|sitzung(?:en)?|aufnahmen?|aufzeichnung(?:en)?|treffens?|gespräche?n?s?|termine?n?s?|telefonate?n?s?|anrufe?n?s?|konferenz(?:en)?|meetings|réunions?|enregistrements?|appels?|entretiens?|séances?|rencontres?|reuni(?:ón|ones)|grabaci(?:ón|ones)|llamadas?|sesi(?:ón|ones)|conversaci(?:ón|ones)|entrevistas?|juntas?|encuentros?';

/** Places from the first, 1, or from the last, -1. */
const BY_PLACE: [string, number][] = [
  [
    'first|very first|1st|earliest|oldest|opening|initial|inaugural|erste[nmrs]?|allererste[nmrs]?|1\\.|früheste[nmrs]?|älteste[nmrs]?|toute première|premier|première|primera?',
    1,
  ],
  ['second|2nd|zweite[nmrs]?|2\\.|deuxième|seconde?|segund[oa]', 2],
  ['third|3rd|dritte[nmrs]?|3\\.|troisième|tercer[oa]?', 3],
  ['fourth|4th|vierte[nmrs]?|4\\.|quatrième|cuart[oa]', 4],
  ['fifth|5th|fünfte[nmrs]?|5\\.|cinquième|quint[oa]', 5],
  ['sixth|6th|sechste[nmrs]?|sixième|sext[oa]', 6],
  ['seventh|7th|siebte[nmrs]?|septième|séptim[oa]', 7],
  ['eighth|8th|achte[nmrs]?|huitième|octav[oa]', 8],
  ['ninth|9th|neunte[nmrs]?|neuvième|noven[oa]', 9],
  ['tenth|10th|zehnte[nmrs]?|dixième|décim[oa]', 10],
  [
    'third[- ]to[- ]last|3rd[- ]to[- ]last|third[- ]last|last but two|antepenultimate|vorvorletzte[nmrs]?|drittletzte[nmrs]?|antepenúltim[oa]|antépénultième',
    -3,
  ],
  [
    'second[- ]to[- ]last|2nd[- ]to[- ]last|second[- ]last|next[- ]to[- ]last|last but one|penultimate|vorletzte[nmrs]?|avant-dernière?|pénultième|penúltim[oa]',
    -2,
  ],
  [
    'last|very last|latest|newest|most recent|previous|final|closing|concluding|letzte[nmrs]?|allerletzte[nmrs]?|neueste[nmrs]?|jüngste[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?|abschließende[nmrs]?|toute dernière|dernier|dernière|últim[oa]|ultim[oa]|plus récente?|más reciente',
    -1,
  ],
];
export const PLACES = BY_PLACE;
/** The longest first: "last but one" begins like "last". */
export const PLACE = BY_PLACE.flatMap(([names]) => names.split('|'))
  .toSorted((a, b) => b.length - a.length)
  .join('|');

/** Places that stand behind the noun. */
export const BEHIND: [string, number][] = [
  ['la plus ancienne|le plus ancien|más antigu[ao]', 0],
  ['before last', -2],
  ['la plus récente|le plus récent|más reciente|précédente?|anterior|passée?|pasada?', -1],
];
export const END =
  'last|latest|newest|most recent|previous|past|preceding|final|letzten|neuesten|jüngsten|vergangenen|vorigen|dernières|derniers|últim[oa]s|más recientes';
export const BEGINNING = 'first|opening|earliest|oldest|ersten|ältesten|premières|premiers|primer[oa]s';
export const BOTH = 'both|beiden';
