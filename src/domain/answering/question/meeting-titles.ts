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

/** Recordings whose titles the question names: whole, or by most of the words that are a title's own. */
export function recordingsByTitle(question: string, recordings: readonly ScopeRecording[]): NamedRecordings[] {
  const asked = [...question.matchAll(WORD)].map((match) => ({ word: match[0].toLowerCase(), start: match.index }));
  const titled = recordings.flatMap((recording) => {
    const title = recording.title?.trim() ?? '';
    return title === '' || PLAIN.test(title)
      ? []
      : [{ recording, title: (title.match(WORD) ?? []).map((w) => w.toLowerCase()) }];
  });
  const whole = longest(titled.flatMap(({ recording, title }) => wholeTitles(asked, title, recording)));
  if (whole.length > 0) return whole;
  return bestShares(asked, titled);
}

type Asked = { word: string; start: number }[];
interface Titled {
  recording: ScopeRecording;
  title: string[];
}

function wholeTitles(asked: Asked, title: string[], recording: ScopeRecording): NamedRecordings[] {
  // A short or everyday word is no name by itself.
  const says = title.length > 1 || (title[0]?.length ?? 0) > 3;
  if (!says || (contentWords(title.join(' ')).length === 0 && title.length < 3)) return [];
  return asked.flatMap((_, at) => {
    if (!title.every((word, i) => asked[at + i]?.word === word)) return [];
    const last = asked[at + title.length - 1];
    return [
      { start: asked[at]?.start ?? 0, end: (last?.start ?? 0) + (last?.word.length ?? 0), recordings: [recording] },
    ];
  });
}

/** "Design review 2" is not "Design review"; two recordings of one title are both named. */
function longest(found: NamedRecordings[]): NamedRecordings[] {
  return found.filter(
    (a) => !found.some((b) => b.start <= a.start && b.end >= a.end && b.end - b.start > a.end - a.start),
  );
}

function bestShares(asked: Asked, titled: Titled[]): NamedRecordings[] {
  const counts = new Map<string, number>();
  for (const { title } of titled) for (const word of new Set(title)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isOwn = (word: string) => titled.length < 3 || (counts.get(word) ?? 0) <= COMMON * titled.length;
  const scored = titled.map(({ recording, title }) => {
    const own = contentWords(title.join(' ')).filter(isOwn);
    const said = asked.filter(({ word }) => own.includes(word));
    const named = new Set(said.map(({ word }) => word)).size;
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
