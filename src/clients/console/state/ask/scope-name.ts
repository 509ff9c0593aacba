import type { Session } from '../../lib/types.ts';
import { counted } from '../../lib/words.ts';

/** What a session is about, in words. */
export function scopeName({ type, recording_title, recording_ids }: Session['scope']): string {
  if (type === 'library') return 'All recordings';
  if (type === 'recording') return recording_title ?? 'One recording';
  return counted(recording_ids.length, 'selected recording');
}
