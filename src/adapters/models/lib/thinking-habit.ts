import { THINKING_ENDS } from '../../../domain/answering/models/reply-marks.ts';

/** After so many replies without it, unmarked thinking is no longer expected. */
const FORGOTTEN_AFTER = 3;

/**
 * Some servers put the mark that begins the thinking into the prompt: the reply begins with thinking, and only its end is
 * marked. Nothing in a first stream tells that before it is there, so the first one of an unknown server is held back
 * until its thinking ends, or to its end. What it was like is remembered for the process.
 *
 * @param isUnknown whether the server may be one of these.
 */
export function createThinkingHabit(isUnknown: boolean) {
  let ends: readonly string[] = isUnknown ? THINKING_ENDS : [];
  let repliesWithout = 0;
  return {
    /** The marks of which one may end thinking that the next reply begins with. */
    ends: () => ends,
    /** @param end the mark that ended thinking which no mark began in a reply; null where it had none. */
    learn(end: string | null): void {
      repliesWithout = end === null ? repliesWithout + 1 : 0;
      if (end !== null) ends = [end];
      else if (ends.length !== 1 || repliesWithout >= FORGOTTEN_AFTER) ends = [];
    },
  };
}
