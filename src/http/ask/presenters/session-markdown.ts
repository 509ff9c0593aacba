import type { Message, Part } from '../../../domain/ask/message.ts';
import { recordingIdsOf } from '../../../domain/ask/scope.ts';
import type { Session } from '../../../domain/ask/session.ts';
import type { RecordingId } from '../../../domain/shared/ids.ts';
import { timecode } from '../../../domain/shared/timecode.ts';

/** A session for people to read and keep: questions as quotes, answers with their citations below. */

export function headMarkdown(session: Session): string {
  const { title, scope, recordingTitle, createdAt } = session;
  const about = {
    library: 'the whole library',
    selected: `${recordingIdsOf(scope).length} selected recordings`,
    recording: `the recording “${oneLine(recordingTitle ?? 'without a name')}”`,
  }[scope.type];
  return `# ${oneLine(title)}\n\nA conversation about ${about}, begun ${minute(createdAt)} (${session.id}).\n`;
}

/** What a citation says about its recording; a deleted one has no name and no speakers. */
export interface CitedRecording {
  name: string | null;
  /** By the millisecond at which they begin to speak. */
  speakers: ReadonlyMap<number, string | null>;
}
type CitedRecordings = ReadonlyMap<RecordingId, CitedRecording>;

export function messageMarkdown(message: Message, recordings: CitedRecordings): string {
  if (message.role === 'user') {
    return `\n## Question, ${minute(message.createdAt)}\n\n${escapeMarkup(message.content).replace(/^/gm, '> ')}\n`;
  }
  const notes = citationsOf(message).map((citation, i) => `- [${i + 1}] ${describeCitation(citation, recordings)}\n`);
  const cites = notes.length > 0 ? `\n${notes.join('')}` : '';
  return `\n## Answer by ${message.provider}, ${minute(message.createdAt)}\n\n${escapeMarkup(message.content)}\n${cites}`;
}

type Citation = Extract<Part, { type: 'citation' }>;

/** Each cited moment once, in the order in which the content numbers them. */
export function citationsOf(message: Message): Citation[] {
  if (message.role === 'user') return [];
  const { parts } = message;
  const citations = parts.filter((part) => part.type === 'citation');
  return [...new Map(citations.map((c) => [`${c.recordingId}/${c.startMs}`, c] as const)).values()];
}

function describeCitation({ recordingId, startMs, speaker: named }: Citation, recordings: CitedRecordings): string {
  const recording = recordings.get(recordingId);
  const speaker = named ?? recording?.speakers.get(startMs) ?? null;
  const who = speaker === null ? '' : `, ${oneLine(speaker)}`;
  return `“${oneLine(recording?.name ?? recordingId)}” at ${timecode(startMs)}${who}`;
}

/**
 * Text that a viewer shows as it is: nothing in it may run, load or link, and no line of it may pass for a heading of this
 * file. Emphasis and lists of an answer stay.
 */
function escapeMarkup(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      // A backslash would take the effect of the one that is put before a bracket.
      .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
      // All but the number of a citation, unless it is made the text of a link.
      .replace(/\[(?!\d{1,4}\](?![[(:]))/g, '\\[')
      .replace(/\b(https?|ftp|mailto|javascript|data):/gi, '$1&#58;')
      .replace(/\bwww\./gi, 'www&#46;')
      .replace(/^([ \t>]*)(#{1,6}(?=\s|$)|=+[ \t]*$|-+[ \t]*$)/gm, '$1\\$2')
  );
}

function oneLine(text: string): string {
  return escapeMarkup(text).replace(/\s+/g, ' ').trim();
}

function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
