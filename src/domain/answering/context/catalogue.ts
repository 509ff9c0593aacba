import type { RecordingId } from '../../shared/ids.ts';
import { asData } from '../prompt-text.ts';
import { dateText } from './date-text.ts';
import type { LibraryRecording } from './library-recording.ts';

export type Extent = 'whole' | 'part' | 'none';

const MOST_LISTED = 100;
const MOST_SPEAKERS = 8;
const LONGEST_TITLE = 120;
const EXTENTS = { whole: 'shown whole', part: 'shown in part', none: 'not shown' };

/**
 * The recordings of a scope as a prompt lists them, numbered in order. Of a large scope those that are shown or named are
 * listed first, and the rest is counted.
 * @param recordings all of the scope, in order
 * @param budget in tokens
 */
export function catalogueLines(
  recordings: readonly LibraryRecording[],
  about: { extentOf(id: RecordingId): Extent; named: ReadonlySet<RecordingId>; timezone: string },
  budget: number,
  countTokens: (text: string) => number,
): string[] {
  const entries = recordings.map((recording, place) => ({ recording, place, extent: about.extentOf(recording.id) }));
  const rank = ({ recording, extent }: (typeof entries)[number]) =>
    (about.named.has(recording.id) ? 0 : 2) + (extent === 'none' ? 1 : 0);
  const listed: { place: number; text: string }[] = [];
  let left = budget;
  for (const entry of entries.toSorted((a, b) => rank(a) - rank(b) || a.place - b.place).slice(0, MOST_LISTED)) {
    const text = entryText(entry.recording, entry.place + 1, entry.extent, about.timezone);
    left -= countTokens(`${text}\n`);
    if (left < 0) break;
    listed.push({ place: entry.place, text });
  }
  const rest = recordings.length - listed.length;
  return [
    ...listed.toSorted((a, b) => a.place - b.place).map(({ text }) => text),
    ...(rest > 0 ? [`${rest} more ${rest === 1 ? 'recording is' : 'recordings are'} in scope and not listed.`] : []),
  ];
}

/** `3. Conceptual design · Monday 19 January 2026 · 31 min · Ana, Ben · shown in part` */
function entryText(recording: LibraryRecording, number: number, extent: Extent, timezone: string): string {
  const { recordedAt, durationMs, transcript } = recording;
  const parts = [
    `${number}. ${titleOf(recording)}`,
    recordedAt === null ? 'no date' : dateText(recordedAt, timezone),
    ...(durationMs === null ? [] : [`${Math.max(1, Math.round(durationMs / 60_000))} min`]),
    ...speakersOf(recording),
    transcript === null ? 'no transcript yet' : EXTENTS[extent],
  ];
  return parts.join(' · ');
}

export function titleOf({ title }: Pick<LibraryRecording, 'title'>): string {
  const text = title === null ? '' : asData(title);
  if (text === '') return 'Untitled recording';
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)}…` : text;
}

function speakersOf({ speakers }: LibraryRecording): string[] {
  if (speakers.length === 0) return [];
  const more = speakers.length - MOST_SPEAKERS;
  const names = speakers.slice(0, MOST_SPEAKERS).map((name) => asData(name).slice(0, LONGEST_TITLE));
  return [`${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}
