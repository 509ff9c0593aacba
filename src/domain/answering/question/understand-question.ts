import type { Understood } from '../../ask/retrieval.ts';
import { beginningOf, type Days, dayOf } from './dates/calendar.ts';
import { datePhrases } from './dates/date-phrases.ts';
import { type NamedRecordings, recordingsByOrder } from './meeting-order.ts';
import { recordingsByTitle } from './meeting-titles.ts';
import { NOUN } from './place-words.ts';
import { readablePart } from './readable-part.ts';
import { inOrder, type ScopeRecording } from './scope-recording.ts';
import { isPerson, speakersIn } from './speaker-names.ts';

type Place = { start: number; end: number };
type Window = Pick<Understood, 'recordedAfter' | 'recordedBefore'>;

export interface UnderstoodQuestion {
  understood: Understood[];
  unknownSpeakers: string[];
}

/** A question names few days. One of more is a list or a text. */
const MOST_DATES = 20;
/** A phrase that names more than this tells nothing apart, nor does a question of more phrases. */
const MOST_NAMED = 100;

/**
 * What a question says of when, which meeting and who: dates and distances in English, German, French and Spanish, places
 * in time, titles, speakers. It decides what is looked at first, and hides nothing.
 * @param recordings in scope
 * @param now ISO 8601
 */
export function understandQuestion(
  question: string,
  { recordings, now, timezone }: { recordings: readonly ScopeRecording[]; now: string; timezone: string },
): UnderstoodQuestion {
  const text = readablePart(question);
  const ordered = inOrder(recordings);
  const byTitle = recordingsByTitle(text, ordered);
  const isInTitle = (place: Place) => byTitle.some((title) => title.start <= place.start && place.end <= title.end);
  const speakers = [...new Set(ordered.flatMap((recording) => recording.speakers))];
  const dates = datePhrases({ text, today: dayOf(now, timezone) })
    .filter((phrase) => !byTitle.some((title) => overlaps(phrase, title)))
    .slice(0, MOST_DATES)
    .filter(({ start, end }) => !isSpeaker(text, start, text.slice(start, end), speakers))
    .map((phrase) => ({ ...phrase, windows: phrase.days.map((days) => windowOf(days, timezone)) }))
    .map((phrase) => nearestWithRecordings(text, phrase, ordered));
  const inWindows = ordered.filter((recording) =>
    dates.some(({ windows }) => windows.some((window) => liesIn(recording, window))),
  );
  const order = recordingsByOrder(text, inWindows.length > 0 ? inWindows : ordered).filter(
    (phrase) => !isInTitle(phrase) && !dates.some((date) => overlaps(phrase, date)),
  );
  // "the latest weekly sync" is one of those, "the second meeting of March" one of that month.
  const titles = byTitle.filter((title) => !order.some((phrase) => overlaps(phrase, title)));
  const counted = dates.filter((date) => inWindows.length > 0 && order.some((phrase) => isBeside(text, phrase, date)));
  const windows = dates
    .filter((date) => !counted.includes(date))
    .flatMap(({ start, end, windows: each }) => each.map((window) => ({ text: text.slice(start, end), ...window })));
  const named = [...order, ...titles]
    .slice(0, MOST_NAMED)
    .map((phrase) => besideNamed(text, phrase, ordered))
    .map(({ start, end, recordings: found }) => ({
      text: text.slice(start, end),
      recordingIds: found.slice(0, MOST_NAMED).map(({ id }) => id),
    }));
  const { known, unknown } = speakersIn(text, speakers);
  return { understood: [...windows, ...named, ...known], unknownSpeakers: unknown };
}

/** Whether a recording was made in a window; without a date it lies in none. */
export function liesIn(
  { recordedAt }: Pick<ScopeRecording, 'recordedAt'>,
  { recordedAfter, recordedBefore }: Pick<Understood, 'recordedAfter' | 'recordedBefore'>,
): boolean {
  if (recordedAt === null) return false;
  return (
    (recordedAfter === undefined || recordedAt >= recordedAfter) &&
    (recordedBefore === undefined || recordedAt < recordedBefore)
  );
}

function windowOf({ from, to }: Days, timezone: string): Window {
  return {
    ...(from && { recordedAfter: beginningOf(from, timezone) }),
    ...(to && { recordedBefore: beginningOf(to, timezone) }),
  };
}

/** Between "the second meeting" and "March", in either order. */
const BESIDE =
  /^(?:['’]s|\s*,)?\s*(?:(?:of|in|on|from|during|for|was|is|im|in|vom|von|des|am|aus dem|aus|de|du|d['’]|en|del|the|our|der|dem|le|la|l['’]|el|las|los|what|which|did)\s*)*$/iu;

function isBeside(text: string, a: Place, b: Place): boolean {
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  return BESIDE.test(text.slice(first.end, second.start));
}

const NEXT_TO = new RegExp(
  `(?<!\\p{L})(?:${NOUN}|one|the one) (?:(?:right|just|directly|immediately|shortly|direkt|gleich|juste) )?(?:(?<after>after|following|nach|après|después del?)|before|preceding|prior to|vor|avant|antes del?) (?:(?:the|our|der|dem|den|la|le|l['’]|el) ?)?$`,
  'iu',
);

/** "the meeting after the kick-off" is the one behind it. */
function besideNamed(text: string, phrase: NamedRecordings, ordered: readonly ScopeRecording[]): NamedRecordings {
  const match = NEXT_TO.exec(text.slice(0, phrase.start));
  if (match === null) return phrase;
  const places = phrase.recordings.map((recording) => ordered.indexOf(recording));
  const place = match.groups?.after ? Math.max(...places) + 1 : Math.min(...places) - 1;
  const next = ordered[place];
  return next === undefined ? phrase : { start: match.index, end: phrase.end, recordings: [next] };
}

/** A day without its month. */
const DAY_ALONE = /^(?:(?:on|am|le|el)\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th|\.)?$/i;
const MONTHS_BACK = 12;
const DAY_MS = 86_400_000;

/** "the 28th" is that of the latest month in which something was recorded on that day, where there is one. */
function nearestWithRecordings<P extends Place & { windows: Window[] }>(
  text: string,
  phrase: P,
  recordings: readonly ScopeRecording[],
): P {
  const [window] = phrase.windows;
  const isEmpty = !recordings.some((recording) => phrase.windows.some((each) => liesIn(recording, each)));
  if (!isEmpty || !window?.recordedAfter || !window.recordedBefore) return phrase;
  if (!DAY_ALONE.test(text.slice(phrase.start, phrase.end))) return phrase;
  for (let back = 1; back <= MONTHS_BACK; back++) {
    const earlier = { recordedAfter: monthsBefore(window.recordedAfter, back) };
    const day = { ...earlier, recordedBefore: new Date(Date.parse(earlier.recordedAfter) + DAY_MS).toISOString() };
    if (recordings.some((recording) => liesIn(recording, day))) return { ...phrase, windows: [day] };
  }
  return phrase;
}

function monthsBefore(instant: string, count: number): string {
  const date = new Date(instant);
  date.setUTCMonth(date.getUTCMonth() - count);
  return date.toISOString();
}

/** Whether a month or a day is the name of somebody who speaks: "What did April say?" */
function isSpeaker(question: string, at: number, said: string, speakers: readonly string[]): boolean {
  return isPerson(question, at, said) && speakers.some((speaker) => speaker.split(/\s+/).includes(said));
}

function overlaps(a: Place, b: Place): boolean {
  return a.start < b.end && b.start < a.end;
}
