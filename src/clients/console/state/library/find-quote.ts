import type { Segment } from '../../../sdk/wire-types.ts';

/** How many segments a quote may reach over, and how far beside its moment it may begin. */
const REACH = 12;

/**
 * The stretches of segments that a quote consists of: by the segment's index, the words of it. A quote is cut out of one
 * line, which may join several segments. Empty where the transcript was replaced since.
 */
export function findQuote(segments: readonly Segment[], at: number, quote: string): Map<number, string> {
  const sought = plain(quote);
  const from = Math.max(0, at - REACH);
  const near = segments.slice(from, at + REACH + 1).map(({ text }) => plain(text));
  const starts: number[] = [];
  let joined = '';
  for (const text of near) {
    starts.push(joined.length);
    joined += `${text} `;
  }
  const begin = sought === '' ? -1 : nearestIndex(joined, sought, starts[at - from] ?? 0);
  if (begin < 0) return new Map();
  const end = begin + sought.length;
  return new Map(
    near.flatMap((text, i): [number, string][] => {
      const start = starts[i] ?? 0;
      const words = text.slice(Math.max(0, begin - start), Math.max(0, end - start)).trim();
      return words === '' ? [] : [[from + i, words]];
    }),
  );
}

function nearestIndex(text: string, sought: string, place: number): number {
  let best = -1;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (best < 0 || Math.abs(at - place) < Math.abs(best - place)) best = at;
  }
  return best;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
