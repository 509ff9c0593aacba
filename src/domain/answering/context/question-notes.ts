import type { Filters, Understood } from '../../ask/retrieval.ts';
import { asData } from '../prompt-text.ts';
import { liesIn } from '../question/understand-question.ts';
import { titleOf } from './catalogue.ts';
import { dateText } from './date-text.ts';
import type { LibraryRecording } from './library-recording.ts';

export interface Asked {
  /** ISO 8601. */
  now: string;
  timezone: string;
  responseLanguage: string | null;
  filters: Filters;
  understood: readonly Understood[];
  unknownSpeakers: readonly string[];
}

const MOST_NAMED = 10;

/**
 * What stands beside a question: today's date, and what its words and filters were taken to mean. It changes with each
 * question, so it is no part of the prompt's stable beginning.
 * @param recordings all of the scope, in order
 * @param left those that the filters leave
 */
export function questionNotes(
  asked: Asked,
  recordings: readonly LibraryRecording[],
  left: readonly LibraryRecording[],
): string {
  const { now, timezone } = asked;
  return [
    `Today is ${dateText(now, timezone)} (${timezone}).`,
    ...filterNotes(asked, recordings, left),
    ...asked.understood.flatMap((each) => meaningOf(each, asked, left)),
    ...asked.unknownSpeakers.map((name) => `Nobody called ${asData(name)} speaks in these recordings.`),
    ...languageNote(asked.responseLanguage),
  ].join('\n');
}

/** In the language that the client asks for; without one the rules say the question's. */
export function languageNote(language: string | null): string[] {
  if (language === null) return [];
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  return [`Answer in ${name} (${language}).`];
}

function meaningOf(understood: Understood, { timezone }: Asked, left: readonly LibraryRecording[]): string[] {
  const { text, recordedAfter, recordedBefore, recordingIds, speakers } = understood;
  const words = `“${asData(text)}”`;
  if (recordingIds !== undefined) return [`${words} is taken to mean ${named(left, new Set(recordingIds))}.`];
  if (speakers !== undefined) return [`${words} is taken to mean ${speakers.map(asData).join(', ')}.`];
  // What it named was erased.
  if (recordedAfter === undefined && recordedBefore === undefined) return [];
  const inWindow = left.filter((recording) => liesIn(recording, understood));
  const meaning = `${words} is taken to mean ${windowText(recordedAfter, recordedBefore, timezone)}`;
  if (inWindow.length > 0) return [`${meaning}: ${named(left, new Set(inWindow.map(({ id }) => id)))}.`];
  return [`${meaning}. No recording was made then. ${outside(understood, left, timezone)}`];
}

function filterNotes(
  { filters, timezone }: Asked,
  recordings: readonly LibraryRecording[],
  left: readonly LibraryRecording[],
): string[] {
  const { recordedAfter, recordedBefore, speakers } = filters;
  if (Object.keys(filters).length === 0) return [];
  const kept = `The asker limits the question to ${left.length} of ${recordings.length} recordings`;
  const lines = speakers === undefined ? '' : `, and there to what is said by ${speakers.map(asData).join(', ')}`;
  if (left.length > 0) return [`${kept}${lines}.`];
  const isWindow = recordedAfter !== undefined || recordedBefore !== undefined;
  const whatElse = isWindow ? ` ${outside(filters, recordings, timezone)}` : '';
  return [
    `The asker's filters leave no recording${lines === '' ? '' : `: nobody of ${speakers?.map(asData).join(', ')} speaks in them`}.${whatElse}`,
  ];
}

/** What lies before and behind a window in which nothing lies. */
function outside(
  { recordedAfter, recordedBefore }: Pick<Understood, 'recordedAfter' | 'recordedBefore'>,
  recordings: readonly LibraryRecording[],
  timezone: string,
): string {
  const dated = recordings.filter(({ recordedAt }) => recordedAt !== null);
  const before = dated.filter(({ recordedAt }) => recordedAfter !== undefined && String(recordedAt) < recordedAfter);
  const behind = dated.filter(({ recordedAt }) => recordedBefore !== undefined && String(recordedAt) >= recordedBefore);
  const tell = (recording: LibraryRecording | undefined, count: number, where: string) =>
    recording?.recordedAt
      ? [`${count} ${where}, the nearest on ${dateText(recording.recordedAt, timezone)} (${titleOf(recording)})`]
      : [];
  const told = [...tell(before.at(-1), before.length, 'earlier'), ...tell(behind[0], behind.length, 'later')];
  return told.length === 0
    ? 'No recording in scope has a date outside it.'
    : `Recordings outside it: ${told.join('; ')}.`;
}

function windowText(after: string | undefined, before: string | undefined, timezone: string): string {
  const last = before && dateText(new Date(Date.parse(before) - 1).toISOString(), timezone);
  const first = after && dateText(after, timezone);
  if (first && last) return first === last ? first : `${first} to ${last}`;
  return first ? `${first} and later` : `up to ${last}`;
}

/** Numbers and titles as the catalogue has them. */
function named(recordings: readonly LibraryRecording[], ids: ReadonlySet<LibraryRecording['id']>): string {
  const found = recordings.filter(({ id }) => ids.has(id)).map((recording) => `“${titleOf(recording)}”`);
  if (found.length === 0) return 'a recording that is not in scope';
  const more = found.length - MOST_NAMED;
  return `${found.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
