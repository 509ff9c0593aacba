import { contentWords } from '../../shared/content-words.ts';
import { wordsOf } from '../../shared/words.ts';
import { group, numberOf, words } from './dates/date-phrase.ts';
import { BEGINNING, BEHIND, BOTH, END, NOUN, PLACE, PLACES } from './place-words.ts';
import type { ScopeRecording } from './scope-recording.ts';

/** Words of a question that name recordings, and which. */
export interface NamedRecordings {
  start: number;
  end: number;
  recordings: ScopeRecording[];
}

const NOUNS = new RegExp(`^(?:${NOUN})$`, 'iu');
const ARTICLE = "(?:the|our|my|their|your|its|der|die|das|dem|den|unserer?|la|le|les|l['’]|el|los|las)";
const ONE = words(
  `(?<places>(?:${PLACE})(?:(?:, | and | und | et | y |, and | through | to | bis zur | bis zum )(?:(?:de|in) )?(?:${ARTICLE} )?(?:${PLACE}))*)(?<about>(?: (?!and |und |et |y )[\\p{L}\\d-]+){0,2}? (?:${NOUN}))(?<with>(?: (?:with|about|on|mit|über|avec|con|sobre|sur) (?:${ARTICLE} )?[\\p{L}\\d.’'-]+(?: \\p{Lu}[\\p{L}’'-]+)?)?)`,
);
const SEVERAL = words(
  `(?<end1>${END}|${BEGINNING}) (?<n1>{N}|${BOTH})(?<about1>(?: [\\p{L}\\d-]+){0,2}?) (?:${NOUN})|(?<n2>{N}) (?<end2>${END}|${BEGINNING})(?<about2>(?: [\\p{L}\\d-]+){0,2}?) (?:${NOUN})|(?<n3>{N}) (?:${NOUN}) (?<end3>más recientes|les plus récentes)`,
);
const COUNT = '(?:\\d{1,3}|one|two|three|four|five|eins|zwei|drei|deux|trois|dos|tres)(?!\\p{L}|\\d)';
const NUMBERED = words(
  `(?:${NOUN}) (?:(?:number|no\\.?|nr\\.?|numéro|número|n°|nummer) |#)?(?<n>${COUNT}(?:(?:(?:,| and| und| et| y|,? &| to| through| bis| à| a) |\\s?[-–]\\s?)${COUNT}(?!\\s*(?:%|people|euros?|minutes?)))*)`,
);
/** "in the first one", "compared with the second one": of meetings only beside another that is named. */
const ONES = words(
  `(?<=(?:in|at|from|during|with|to|and|between|von|in der|im|dans|en|con|y|et|und) (?:${ARTICLE} )?)(?<places>${PLACE})(?: ones?)?(?=\\s*(?:[?.,;!]|$|and\\s|und\\s|et\\s|y\\s|was\\s|we\\s|did\\s|they\\s))`,
);
/** Nouns that say which kind of meeting is counted, where titles do too. */
const KINDS = /^(?:syncs?|stand-?ups?|interviews?|workshops?|reviews?|retros?|check-?ins?|catch-?ups?)$/i;
const LAST_TIME =
  /(?<!\p{L})(?:last time(?=\s+(?:we|they|the (?:team|group))\s+(?:met|talked|spoke)|\s*(?:[?.,!]|$))|(?:beim|das) letzten? Mal|la dernière fois(?=\s*(?:[?.,!]|$)|\s+qu)|la última vez(?=\s*(?:[?.,!]|$)|\s+que))/giu;

/**
 * Recordings by their place in time: "the first meeting", "the last two calls", "meeting 3".
 * @param recordings what is counted, in order; undated ones only where none has a date
 */
export function recordingsByOrder(question: string, recordings: readonly ScopeRecording[]): NamedRecordings[] {
  const dated = recordings.filter(({ recordedAt }) => recordedAt !== null);
  const counted = dated.length > 0 ? dated : recordings;
  const found: NamedRecordings[] = [];
  function add(match: RegExpExecArray, recordingsNamed: ScopeRecording[], length = match[0].length): void {
    const [start, end] = [match.index, match.index + length];
    // "the last two meetings" end like "two meetings" of another form; the first that is read stands.
    if (found.some((other) => other.start < end && start < other.end)) return;
    found.push({ start, end, recordings: recordingsNamed });
  }

  for (const match of phrasesIn(question, SEVERAL))
    add(match, endOf(aboutOf(counted, group(match, 'about') ?? ''), match));
  for (const match of phrasesIn(question, ONE)) {
    const behind = match.groups?.with ?? '';
    const beside = aboutOf(counted, behind);
    const among = aboutOf(beside, match.groups?.about ?? '');
    // Words behind the meeting that name none of them belong to the question.
    const length = match[0].length - (beside === counted ? behind.length : 0);
    add(match, placedIn(among, match.groups?.places ?? ''), length);
  }
  for (const [names, place] of BEHIND) {
    for (const match of phrasesIn(question, words(`(?:${NOUN}) (?:${names})`)))
      add(match, [counted.at(place) ?? []].flat());
  }
  for (const match of phrasesIn(question, NUMBERED))
    add(
      match,
      numberedIn(group(match, 'n') ?? '').flatMap((place) => counted[place - 1] ?? []),
    );
  for (const match of phrasesIn(question, LAST_TIME)) add(match, counted.slice(-1));
  const isBeside = found.length > 0 || /\bone\b/i.test(question);
  if (isBeside)
    for (const match of phrasesIn(question, ONES)) add(match, placedIn(counted, match.groups?.places ?? ''));
  return found.filter(({ recordings: named }) => named.length > 0);
}

/** A question names few meetings by their places. One of more such words is a list or a text. */
const MOST_PHRASES = 20;

function phrasesIn(question: string, form: RegExp): RegExpExecArray[] {
  return [...question.matchAll(form)].slice(0, MOST_PHRASES);
}

/** Whether a question names meetings by their place, whatever meetings there are. */
export function namesPlace(question: string): boolean {
  const behind = BEHIND.map(([names]) => words(`(?:${NOUN}) (?:${names})`));
  return [ONE, SEVERAL, NUMBERED, LAST_TIME, ...behind].some((form) => question.search(form) !== -1);
}

function placedIn(among: readonly ScopeRecording[], places: string): ScopeRecording[] {
  const found = [...places.matchAll(words(PLACE))].flatMap(([word]) => {
    const named = PLACES.find(([names]) => new RegExp(`^(?:${names})$`, 'iu').test(word.replace(/\s+/g, ' ')));
    return named === undefined ? [] : [named[1]];
  });
  const [first, last] = found.map((place) => (place > 0 ? place - 1 : among.length + place));
  if (found.length === 2 && first !== undefined && last !== undefined && TO.test(places))
    return among.slice(first, last + 1);
  return found.flatMap((place) => among.at(place > 0 ? place - 1 : place) ?? []);
}

/** "the fourth to sixth meetings" are three. */
const TO = /\s(?:to|through|bis)\s/iu;
const RANGE = /^(.+?)(?:\s(?:to|through|bis|à|a)\s+|\s?[-–]\s?)(.+)$/iu;

/** The places in "2, 3 and 5" or in "2 to 4". */
function numberedIn(text: string): number[] {
  return text.split(/,|\s(?:and|und|et|y|&)\s/).flatMap((part) => {
    const [, from, to] = RANGE.exec(part.trim()) ?? [];
    if (from === undefined || to === undefined) return [numberOf(part.trim())];
    const [first, last] = [numberOf(from.trim()), numberOf(to.trim())];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
}

function endOf(counted: readonly ScopeRecording[], match: RegExpExecArray): ScopeRecording[] {
  const word = group(match, 'n') ?? '';
  const count = new RegExp(`^(?:${BOTH})$`, 'i').test(word) ? 2 : numberOf(word);
  const isEnd = new RegExp(`^(?:${END}|les plus récentes)$`, 'iu').test(group(match, 'end') ?? '');
  return isEnd ? counted.slice(-count) : counted.slice(0, count);
}

/** "the last budget meeting", "the last call with Dana": of those whose title or speakers say so, where there are any. */
function aboutOf(counted: readonly ScopeRecording[], about: string): readonly ScopeRecording[] {
  const asked = contentWords(about).filter((word) => !NOUNS.test(word) || KINDS.test(word));
  if (asked.length === 0) return counted;
  const matching = counted.filter(({ title, speakers }) => {
    const own = new Set(wordsOf([title ?? '', ...speakers].join(' ')));
    return asked.some((word) => own.has(word) || own.has(word.replace(/s$/, '')));
  });
  return matching.length > 0 ? matching : counted;
}
