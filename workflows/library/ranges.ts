/** Chunks an activity; it bounds what one attempt repeats after a crash. */
const RANGE = 480;

/** The chunks of a transcript in ranges, each the work of one activity. */
export function* inRanges(total: number): Generator<{ from: number; count: number }> {
  for (let from = 0; from < total; from += RANGE) yield { from, count: Math.min(RANGE, total - from) };
}
