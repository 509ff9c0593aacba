import type { Session } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';

/** What a session is about, in words. */
export function scopeName({ type, recording_title, recording_ids }: Session['scope']): string {
  if (type === 'library') return 'All recordings';
  if (type === 'recording') return recording_title ?? 'One recording';
  return countOf(recording_ids.length, 'selected recording');
}
