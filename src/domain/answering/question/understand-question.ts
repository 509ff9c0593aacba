import type { Understood } from '../../ask/retrieval.ts';
import { beginningOf, type Days, dayOf } from './dates/calendar.ts';
import { datePhrases } from './dates/date-phrases.ts';
import { recordingsByOrder } from './meeting-order.ts';
import { recordingsByTitle } from './meeting-titles.ts';
import { inOrder, type ScopeRecording } from './scope-recording.ts';
import { speakersIn } from './speaker-names.ts';

export interface UnderstoodQuestion {
  understood: Understood[];
  unknownSpeakers: string[];
}

/** Only so much of a question is read for names and dates: what is pasted behind it is no question. */
const READ_CHARACTERS = 2_000;
/** A phrase that names more than this tells nothing apart. */
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
  const text = question.slice(0, READ_CHARACTERS);
  const ordered = inOrder(recordings);
  const titles = recordingsByTitle(text, ordered);
  const isInTitle = (place: { start: number; end: number }) => titles.some((title) => overlaps(place, title));
  const dates = datePhrases({ text, today: dayOf(now, timezone) }).filter((phrase) => !isInTitle(phrase));
  const windows = dates.flatMap(({ start, end, days }) =>
    days.map((each) => ({ text: text.slice(start, end), ...windowOf(each, timezone) })),
  );
  const inWindows = ordered.filter((recording) => windows.some((window) => liesIn(recording, window)));
  const order = recordingsByOrder(text, inWindows.length > 0 ? inWindows : ordered).filter(
    (phrase) => !isInTitle(phrase) && !dates.some((date) => overlaps(phrase, date)),
  );
  const named = [...order, ...titles].map(({ start, end, recordings: found }) => ({
    text: text.slice(start, end),
    recordingIds: found.slice(0, MOST_NAMED).map(({ id }) => id),
  }));
  const { known, unknown } = speakersIn(
    text,
    ordered.flatMap(({ speakers }) => speakers),
  );
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

function windowOf({ from, to }: Days, timezone: string): Pick<Understood, 'recordedAfter' | 'recordedBefore'> {
  return {
    ...(from && { recordedAfter: beginningOf(from, timezone) }),
    ...(to && { recordedBefore: beginningOf(to, timezone) }),
  };
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
