import type { Segment } from '../../domain/library/transcript.ts';
import { invalidField } from '../../domain/shared/errors.ts';
import { MAX_SPEAKER_LENGTH, MAX_TEXT_LENGTH, TOO_LONG } from './limits.ts';

/** What every format holds to. @param at the segment's name in errors */
export function assertSegment({ startMs, endMs, text, speaker }: Segment, at: string): void {
  if (!Number.isSafeInteger(startMs) || !Number.isSafeInteger(endMs)) throw invalidField(at, 'its times are too large');
  if (endMs < startMs) throw invalidField(at, 'must not end before it starts');
  if (text.length > MAX_TEXT_LENGTH) throw invalidField(at, TOO_LONG);
  assertPlainText(text, at);
  if (speaker === null) return;
  if (speaker.length > MAX_SPEAKER_LENGTH)
    throw invalidField(at, `the name of its speaker must have at most ${MAX_SPEAKER_LENGTH} characters`);
  assertPlainText(speaker, at);
}

/** The stores cannot keep anything else. */
function assertPlainText(text: string, at: string): void {
  if (!text.isWellFormed()) throw invalidField(at, 'is not well-formed Unicode; a surrogate stands alone');
  if (text.includes('\0')) throw invalidField(at, 'must not contain the character NUL');
}

/** A name as it is kept: nobody is called "-". */
export function speakerName(text: string | null | undefined): string | null {
  const name = text?.replace(/\s+/g, ' ').trim() ?? '';
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}
