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

/** Recordings whose titles the question names: whole, or by most of the words that are a title's own. */
export function recordingsByTitle(question: string, recordings: readonly ScopeRecording[]): NamedRecordings[] {
  const asked = [...question.matchAll(WORD)].map((match) => ({ word: match[0].toLowerCase(), start: match.index }));
  const titled = recordings.flatMap((recording) => {
    const title = recording.title?.trim() ?? '';
    return title === '' || PLAIN.test(title)
      ? []
      : [{ recording, title: (title.match(WORD) ?? []).map((w) => w.toLowerCase()) }];
  });
  const whole = longest(titled.flatMap(({ recording, title }) => wholeTitles(question, title, recording)));
  const shared = bestShares(asked, titled);
  const found = [...whole];
  for (const more of [shared, occasionsIn(question, titled)]) {
    // Of those that are named in different places all count.
    found.push(...more.filter((each) => found.every((other) => isApart(each, other))));
  }
  return found;
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
    const recordings = titled.filter(isOfKind).map(({ recording }) => recording);
    return recordings.length === 0 ? [] : [{ start: index, end: index + text.length, recordings }];
  });
}

type Asked = { word: string; start: number }[];
interface Titled {
  recording: ScopeRecording;
  title: string[];
}

/** "kickoff", "kick off" and "Kick-off" are one word; a plural names several of one title. */
function wholeTitles(question: string, title: string[], recording: ScopeRecording): NamedRecordings[] {
  const [only = ''] = title;
  // A short or everyday word is no name by itself.
  const says = title.length > 1 || only.length > 3;
  if (!says || (contentWords(title.join(' ')).length === 0 && title.length < 3)) return [];
  const joined = title.join('');
  const isShort = title.length > 4 || joined.length < FEWEST_LETTERS;
  const words = isShort ? title.map(literally).join(BETWEEN) : anyhowJoined(title);
  const abbreviated = title.length === 1 ? `|${only.slice(0, FEWEST_LETTERS)}\\p{L}*` : '';
  const form = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words}s?${abbreviated})(?![\\p{L}\\p{N}])`, 'giu');
  return [...question.matchAll(form)].flatMap(({ 0: text, index }) => {
    const isName =
      title.length > 1 || only.startsWith(text.toLowerCase()) || text.toLowerCase().replace(/[\s-]|s$/g, '') === only;
    return isName ? [{ start: index, end: index + text.length, recordings: [recording] }] : [];
  });
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

/** "Design review 2" is not "Design review"; two recordings of one title are both named. */
function longest(found: NamedRecordings[]): NamedRecordings[] {
  return found.filter(
    (a) => !found.some((b) => b.start <= a.start && b.end >= a.end && b.end - b.start > a.end - a.start),
  );
}

/** What stands before a name in a title, and nobody says. */
const ADDRESS = /^(?:mrs?|ms|dr|prof|frau|herr|mme|sra?)$/;

function bestShares(asked: Asked, titled: Titled[]): NamedRecordings[] {
  const counts = new Map<string, number>();
  for (const { title } of titled) for (const word of new Set(title)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isOwn = (word: string) => titled.length < 3 || (counts.get(word) ?? 0) <= COMMON * titled.length;
  const scored = titled.map(({ recording, title }) => {
    const own = contentWords(title.join(' ')).filter((word) => isOwn(word) && !ADDRESS.test(word));
    const said = asked.filter(({ word }) => own.some((each) => isSame(each, word)));
    const named = own.filter((each) => said.some(({ word }) => isSame(each, word))).length;
    return { recording, said, named, share: own.length === 0 ? 0 : named / own.length };
  });
  const good = scored.filter(({ named, share }) => named >= FEWEST_WORDS && share >= SHARE);
  const best = Math.max(...good.map(({ named }) => named));
  return good
    .filter(({ named }) => named === best)
    .map(({ recording, said }) => {
      const last = said.at(-1);
      return {
        start: said[0]?.start ?? 0,
        end: (last?.start ?? 0) + (last?.word.length ?? 0),
        recordings: [recording],
      };
    });
}

/** In singular or plural. */
function isSame(a: string, b: string): boolean {
  return a === b || (a.length > 3 && `${a}s` === b) || (b.length > 3 && `${b}s` === a);
}
