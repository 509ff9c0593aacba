import { setImmediate as breathe } from 'node:timers/promises';
import { transcriptLine } from '../src/domain/prompt-text.ts';
import type { Segment } from '../src/domain/transcript.ts';

const BATCH = 500;

/** Tokens of the transcript as a prompt shows it: a line a segment behind a marker. Long ones must not block other steps. */
export async function transcriptTokens(
  segments: readonly Segment[],
  countTokens: (text: string) => number,
): Promise<number> {
  let tokens = 0;
  for (let from = 0; from < segments.length; from += BATCH) {
    const lines = segments.slice(from, from + BATCH).map((segment) => `[^k7x2m] ${transcriptLine(segment)}\n`);
    tokens += countTokens(lines.join(''));
    await breathe();
  }
  return tokens;
}
