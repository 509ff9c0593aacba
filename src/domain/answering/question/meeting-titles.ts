import { contentWords } from '../../shared/content-words.ts';
import type { NamedRecordings } from './meeting-order.ts';
import type { ScopeRecording } from './scope-recording.ts';

const WORD = /[\p{L}\p{N}]+/gu;
/** Titles that say nothing by themselves. */
const PLAIN =
  /^(?:new |untitled )?(?:meeting|recording|call|session|notes?|transcript|audio|untitled|besprechung|aufnahme|réunion|reunión)s?$/i;
/** Of a title that is not named whole, at least so many of its own words, and this share of them. */
const FEWEST_WORDS = 2;
const SHARE = 0.6;
/** A word in more than this part of the titles does not tell one from the others. */
const COMMON = 0.5;
/** So many letters of a title's one word stand for it: "retro" for "Retrospective". */
const FEWEST_LETTERS = 5;

/** Of a library, so many titles whose words all stand in the question are looked for, the newest first. */
const MOST_TITLES = 200;

/** Recordings whose titles the question names: whole, or by most of the words that are a title's own. */
export function recordingsByTitle(question: string, recordings: readonly ScopeRecording[]): NamedRecordings[] {
  const asked = [...question.matchAll(WORD)].map((match) => ({ word: match[0].toLowerCase(), start: match.index }));
  const titled = titlesOf(recordings);
  const whole = namedWhole(asked, titled).flatMap((each) => wholeTitles(question, asked, each));
  const found = longest(whole);
  for (const more of [bestShares(asked, titled), occasionsIn(question, titled)]) {
    // Of those that are named in different places all count.
    found.push(...more.filter((each) => found.every((other) => isApart(each, other))));
  }
  return found;
}

/** The titles that say something, each once. */
function titlesOf(recordings: readonly ScopeRecording[]): Titled[] {
  const titled = new Map<string, Titled>();
  for (const recording of recordings) {
    const text = recording.title?.trim() ?? '';
    if (text === '' || PLAIN.test(text)) continue;
    const title = (text.match(WORD) ?? []).map((word) => word.toLowerCase());
    const key = title.join(' ');
    const same = titled.get(key);
    if (same === undefined) titled.set(key, { title, recordings: [recording] });
    else same.recordings.push(recording);
  }
  return [...titled.values()];
}

/** The titles whose words all stand in the question, together or apart. */
function namedWhole(asked: Asked, titled: readonly Titled[]): Titled[] {
  const letters = asked.map(({ word }) => word).join('');
  const stands = new Map<string, boolean>();
  const isThere = (word: string) => {
    const known = stands.get(word) ?? letters.includes(word);
    stands.set(word, known);
    return known;
  };
  const beginning = ([only = '', ...more]: string[]) => (more.length > 0 ? only : only.slice(0, FEWEST_LETTERS));
  return titled.filter(({ title }) => isThere(beginning(title)) && title.slice(1).every(isThere)).slice(-MOST_TITLES);
}

const isApart = (a: NamedRecordings, b: NamedRecordings) => a.end <= b.start || a.start >= b.end;

/** Words that name an occasion by themselves: "in the kickoff", "both reviews". */
const OCCASIONS =
  'kick[ -]?offs?|stand[ -]?ups?|reviews?|retros?|retrospectives?|planning|interviews?|syncs?|workshops?|demos?|onboarding|post[ -]?mortems?|all[ -]?hands|town ?halls?|off[ -]?sites?|brainstormings?|check[ -]?ins?|catch[ -]?ups?|debriefs?|handovers?|pitch|webinars?|trainings?';
const BEFORE_OCCASION =
  'in|at|during|from|to|of|since|before|after|and|beim|im|vom|zum|bei|lors|pendant|dans|du|en|durante|desde';
const OCCASION = new RegExp(
  `(?<=(?<!\\p{L})(?:${BEFORE_OCCASION}) (?:(?:the|our|both|all|those|these|two|three|der|dem|den|beiden|le|la|les|el|los|las) ){0,2})(?:${OCCASIONS})(?!\\p{L})`,
  'giu',
);

function occasionsIn(question: string, titled: readonly Titled[]): NamedRecordings[] {
  const kindOf = (words: string) => words.toLowerCase().replace(/[ -]|s$/g, '');
  return [...question.matchAll(OCCASION)].flatMap(({ 0: text, index }) => {
    const kind = kindOf(text);
    const isOfKind = ({ title }: Titled) =>
      title.some((word, i) => kindOf(word) === kind || kindOf(word + (title[i + 1] ?? '')) === kind);
    const recordings = titled.filter(isOfKind).flatMap((each) => each.recordings);
    return recordings.length === 0 ? [] : [{ start: index, end: index + text.length, recordings }];
  });
}

type Asked = { word: string; start: number }[];
/** A title in words, and what has it. */
interface Titled {
  title: string[];
  recordings: ScopeRecording[];
}

/** "kickoff", "kick off" and "Kick-off" are one word; a plural names several of one title. */
function wholeTitles(question: string, asked: Asked, { title, recordings }: Titled): NamedRecordings[] {
  const [only = ''] = title;
  // A short or everyday word is no name by itself.
  const says = title.length > 1 || only.length > 3;
  if (!says || (contentWords(title.join(' ')).length === 0 && title.length < 3)) return [];
  const joined = title.join('');
  const isShort = title.length > 4 || joined.length < FEWEST_LETTERS;
  const words = isShort ? title.map(literally).join(BETWEEN) : anyhowJoined(title);
  const abbreviated = title.length === 1 ? `|${only.slice(0, FEWEST_LETTERS)}\\p{L}*` : '';
  const form = new RegExp(`(?:${words}s?${abbreviated})(?![\\p{L}\\p{N}])`, 'iuy');
  const found: NamedRecordings[] = [];
  for (const { word, start } of asked) {
    const isTaken = start < (found.at(-1)?.end ?? 0);
    if (isTaken || !(word.startsWith(only.slice(0, FEWEST_LETTERS)) || only.startsWith(word))) continue;
    form.lastIndex = start;
    const text = form.exec(question)?.[0] ?? '';
    const isName =
      title.length > 1 || only.startsWith(text.toLowerCase()) || text.toLowerCase().replace(/[\s-]|s$/g, '') === only;
    if (text !== '' && isName) found.push({ start, end: start + text.length, recordings });
  }
  return found;
}

const BETWEEN = "[\\s\\-–—_/.,:;'’&+()]{1,3}";

/** The words with or without something between them; a single word may be written in two. */
function anyhowJoined(title: readonly string[]): string {
  if (title.length > 1) return title.map(literally).join("[\\s\\-–—_/.,:;'’&+()]{0,3}");
  return [...(title[0] ?? '')].map(literally).join('[ -]?');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}

/** "Design review 2" is not "Design review". */
function longest(found: readonly NamedRecordings[]): NamedRecordings[] {
  const inner = new Set<NamedRecordings>();
  let widest: NamedRecordings | undefined;
  for (const each of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (widest === undefined || each.end > widest.end) widest = each;
    else if (each.end < widest.end || each.start > widest.start) inner.add(each);
  }
  return found.filter((each) => !inner.has(each));
}

/** What stands before a name in a title, and nobody says. */
const ADDRESS = /^(?:mrs?|ms|dr|prof|frau|herr|mme|sra?)$/;

function bestShares(asked: Asked, titled: readonly Titled[]): NamedRecordings[] {
  const places = Map.groupBy(asked, ({ word }) => word);
  const placesOf = (word: string) => alike(word).flatMap((each) => places.get(each) ?? []);
  const total = titled.reduce((sum, { recordings }) => sum + recordings.length, 0);
  const counts = new Map<string, number>();
  for (const { title, recordings } of titled)
    for (const word of new Set(title)) counts.set(word, (counts.get(word) ?? 0) + recordings.length);
  const isOwn = (word: string) => total < 3 || (counts.get(word) ?? 0) <= COMMON * total;
  const isAsked = (word: string) => alike(word).some((each) => places.has(each));
  const good = titled.flatMap(({ title, recordings }) => {
    if (title.filter(isAsked).length < FEWEST_WORDS) return [];
    const own = contentWords(title.join(' ')).filter((word) => isOwn(word) && !ADDRESS.test(word));
    const named = own.filter(isAsked);
    return named.length >= FEWEST_WORDS && named.length >= SHARE * own.length ? [{ recordings, named }] : [];
  });
  const best = good.reduce((most, { named }) => Math.max(most, named.length), 0);
  return good
    .filter(({ named }) => named.length === best)
    .slice(-MOST_TITLES)
    .map(({ recordings, named }) => {
      const said = named.flatMap(placesOf).sort((a, b) => a.start - b.start);
      const last = said.at(-1);
      return { start: said[0]?.start ?? 0, end: (last?.start ?? 0) + (last?.word.length ?? 0), recordings };
    });
}

/** The word in singular and plural. */
function alike(word: string): string[] {
  const singular = word.length > 4 && word.endsWith('s') ? [word.slice(0, -1)] : [];
  const plural = word.length > 3 ? [`${word}s`] : [];
  return [word, ...singular, ...plural];
}
