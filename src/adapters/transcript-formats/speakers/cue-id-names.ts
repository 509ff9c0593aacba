import { oneLine } from '../lib/spoken.ts';
import { nameForm } from './name-form.ts';

/** The first words of blocks that are no cues; above times they are ids all the same, and no names. */
const BLOCK = /^(?:NOTE|STYLE|REGION)(?:\s|$)/;
/** Webex writes `3 "Jonas Ek" (3056711)` above a cue. */
const QUOTED = /^\d+\s+"([^"]+)"(?:\s+\(\d+\))?$/;

/**
 * Who the ids of cues name, for cues in which nothing else names anyone. An id of the form of a name counts where it comes
 * again, or where most ids have that form in two words: ids tell cues apart, names repeat.
 */
export function cueIdNames(ids: Iterable<string | null>): (id: string | null) => string | null {
  const times = new Map<string, number>();
  let cues = 0;
  let fullNames = 0;
  for (const id of ids) {
    cues++;
    if (id === null) continue;
    times.set(id, (times.get(id) ?? 0) + 1);
    if (id.includes(' ') && nameForm(id) === 'name') fullNames++;
  }
  return (id) => {
    if (id === null || BLOCK.test(id)) return null;
    const quoted = QUOTED.exec(id)?.[1];
    if (quoted !== undefined) return oneLine(quoted);
    const form = nameForm(id);
    if (form === 'generic') return oneLine(id);
    const counts = (times.get(id) ?? 0) > 1 || (id.includes(' ') && fullNames * 2 > cues);
    return form === 'name' && counts ? oneLine(id) : null;
  };
}
