import type { GoogleResult } from './google-result.ts';

/**
 * With diarization Google writes all words once more in the last result, with their speakers. Of the two, the one that has
 * more words is kept.
 */
export function withoutRepeats(results: readonly GoogleResult[]): readonly GoogleResult[] {
  const last = results.at(-1);
  if (last?.words === undefined) return results;
  const isBefore = (each: GoogleResult) => each !== last && each.channel === last.channel;
  const before = results.filter(isBefore);
  if (before.length === 0 || !isRepeat(last, before)) return results;
  const count = before.reduce((sum, each) => sum + countOf(each), 0);
  return countOf(last) >= count ? results.filter((each) => !isBefore(each)) : results.slice(0, -1);
}

/** It begins where the recording does, and has no text of its own, or that of the others. */
function isRepeat(last: GoogleResult, before: readonly GoogleResult[]): boolean {
  const start = before.map(startOf).find((each) => each !== null) ?? null;
  if (start !== null && (startOf(last) ?? 0) > start) return false;
  return last.transcript.trim() === '' || lettersOf(last.transcript) === lettersOf(before.map(textOf).join(' '));
}

function startOf(result: GoogleResult): number | null {
  for (const { startMs } of result.tokens()) return startMs;
  return null;
}

function countOf(result: GoogleResult): number {
  const words = [...result.tokens()].length;
  return words === 0 ? result.transcript.split(/\s+/).filter((each) => each !== '').length : words;
}

function textOf(result: GoogleResult): string {
  return result.transcript || [...result.tokens()].map(({ text }) => text).join(' ');
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
