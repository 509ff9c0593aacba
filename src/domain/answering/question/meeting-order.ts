import { wordsOf } from '../../shared/words.ts';
import { group, numberOf, words } from './dates/date-phrase.ts';
import type { ScopeRecording } from './scope-recording.ts';

/** Words of a question that name recordings, and which. */
export interface NamedRecordings {
  start: number;
  end: number;
  recordings: ScopeRecording[];
}

const NOUN =
  'meetings?|recordings?|calls?|sessions?|conversations?|interviews?|syncs?|stand-?ups?|discussions?|talks?|besprechung(?:en)?|sitzung(?:en)?|aufnahmen?|aufzeichnung(?:en)?|treffens?|gespräche?s?|termine?s?|telefonate?s?|konferenz(?:en)?|réunions?|enregistrements?|appels?|entretiens?|séances?|rencontres?|reuni(?:ón|ones)|grabaci(?:ón|ones)|llamadas?|sesi(?:ón|ones)|conversaci(?:ón|ones)|entrevistas?|juntas?';

/** Places from the first, 1, or from the last, -1. */
const PLACES: [string, number][] = [
  ['first|1st|earliest|oldest|erste[nmrs]?|früheste[nmrs]?|älteste[nmrs]?|premi(?:er|ère)|primera?', 1],
  ['second|2nd|zweite[nmrs]?|deuxième|seconde?|segund[oa]', 2],
  ['third|3rd|dritte[nmrs]?|troisième|tercer[oa]?', 3],
  ['fourth|4th|vierte[nmrs]?|quatrième|cuart[oa]', 4],
  ['fifth|5th|fünfte[nmrs]?|cinquième|quint[oa]', 5],
  ['sixth|6th|sechste[nmrs]?|sixième|sext[oa]', 6],
  ['seventh|7th|siebte[nmrs]?|septième|séptim[oa]', 7],
  ['eighth|8th|achte[nmrs]?|huitième|octav[oa]', 8],
  ['ninth|9th|neunte[nmrs]?|neuvième|noven[oa]', 9],
  ['tenth|10th|zehnte[nmrs]?|dixième|décim[oa]', 10],
  ['third[- ]to[- ]last|third[- ]last|drittletzte[nmrs]?|antepenúltim[oa]', -3],
  [
    'second[- ]to[- ]last|second[- ]last|next[- ]to[- ]last|penultimate|vorletzte[nmrs]?|avant-dernière?|penúltim[oa]',
    -2,
  ],
  [
    'last|latest|newest|most recent|previous|final|letzte[nmrs]?|neueste[nmrs]?|jüngste[nmrs]?|vorige[nmrs]?|dernière?|últim[oa]|ultim[oa]|plus récente?|más reciente',
    -1,
  ],
];
const PLACE = PLACES.map(([names]) => names)
  .toReversed()
  .join('|');
const BEHIND: [string, number][] = [
  ['before last', -2],
  ['la plus récente|le plus récent|más reciente|précédente?|anterior', -1],
];
const END = 'last|latest|most recent|letzten|neuesten|dernières|derniers|últim[oa]s|más recientes';
const BEGINNING = 'first|ersten|premières|premiers|primer[oa]s';
const BOTH = 'both|beiden';

const ONE = words(
  `(?<places>(?:${PLACE})(?:(?:, | and | und | et | y |, and )(?:the |der |die |la |le )?(?:${PLACE}))*)(?<about>(?: [\\p{L}\\d-]+){0,2}?) (?:${NOUN})`,
);
const SEVERAL = words(
  `(?<end1>${END}|${BEGINNING}) (?<n1>{N}|${BOTH}) (?:${NOUN})|(?<n2>{N}) (?<end2>${END}|${BEGINNING}) (?:${NOUN})|(?<n3>{N}) (?:${NOUN}) (?<end3>más recientes|les plus récentes)`,
);
const NUMBERED = words(
  `(?:${NOUN}) (?:(?:number|no\\.?|nr\\.?|numéro|número|n°|nummer) |#)?(?<n>\\d{1,3}|one|two|three|four|five|eins|zwei|drei|deux|trois|dos|tres)`,
);
const LAST_TIME =
  /(?<!\p{L})(?:last time(?=\s+(?:we|they|the (?:team|group))\s+(?:met|talked|spoke)|\s*(?:[?.,!]|$))|beim letzten Mal|la dernière fois(?=\s*(?:[?.,!]|$))|la última vez(?=\s*(?:[?.,!]|$)))/giu;

/**
 * Recordings by their place in time: "the first meeting", "the last two calls", "meeting 3".
 * @param recordings what is counted, in order; undated ones only where none has a date
 */
export function recordingsByOrder(question: string, recordings: readonly ScopeRecording[]): NamedRecordings[] {
  const dated = recordings.filter(({ recordedAt }) => recordedAt !== null);
  const counted = dated.length > 0 ? dated : recordings;
  const found: NamedRecordings[] = [];
  function add(match: RegExpExecArray, recordingsNamed: ScopeRecording[]): void {
    const [start, end] = [match.index, match.index + match[0].length];
    // "the last two meetings" end like "two meetings" of another form; the first that is read stands.
    if (found.some((other) => other.start < end && start < other.end)) return;
    found.push({ start, end, recordings: recordingsNamed });
  }

  for (const match of question.matchAll(SEVERAL)) add(match, endOf(counted, match));
  for (const match of question.matchAll(ONE)) {
    const about = aboutOf(counted, match.groups?.about ?? '');
    add(
      match,
      placesIn(match.groups?.places ?? '').flatMap((place) => about.at(place > 0 ? place - 1 : place) ?? []),
    );
  }
  for (const [names, place] of BEHIND) {
    for (const match of question.matchAll(words(`(?:${NOUN}) (?:${names})`)))
      add(match, [counted.at(place) ?? []].flat());
  }
  for (const match of question.matchAll(NUMBERED))
    add(match, [counted[numberOf(group(match, 'n') ?? '') - 1] ?? []].flat());
  for (const match of question.matchAll(LAST_TIME)) add(match, counted.slice(-1));
  return found.filter(({ recordings: named }) => named.length > 0);
}

function endOf(counted: readonly ScopeRecording[], match: RegExpExecArray): ScopeRecording[] {
  const word = group(match, 'n') ?? '';
  const count = new RegExp(`^(?:${BOTH})$`, 'i').test(word) ? 2 : numberOf(word);
  const isEnd = new RegExp(`^(?:${END}|les plus récentes)$`, 'iu').test(group(match, 'end') ?? '');
  return isEnd ? counted.slice(-count) : counted.slice(0, count);
}

function placesIn(text: string): number[] {
  return [...text.matchAll(words(PLACE))].flatMap(([word]) => {
    const found = PLACES.find(([names]) => new RegExp(`^(?:${names})$`, 'iu').test(word));
    return found === undefined ? [] : [found[1]];
  });
}

/** "the last budget meeting" is the last of those whose title says budget, where there are any. */
function aboutOf(counted: readonly ScopeRecording[], about: string): readonly ScopeRecording[] {
  const asked = wordsOf(about);
  const titled = counted.filter(({ title }) => {
    const own = new Set(wordsOf(title ?? ''));
    return asked.some((word) => own.has(word));
  });
  return titled.length > 0 ? titled : counted;
}
