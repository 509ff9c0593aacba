import { transcriptLine } from '../../src/domain/answering/prompt-text.ts';
import type { Segment } from '../../src/domain/library/transcript.ts';
import { yieldCooperatively } from '../../src/runtime/cooperative-yield.ts';

/** Characters that are counted at once: many lines, for the counter keeps each text that it saw. */
const AT_ONCE = 20_000;

/** Tokens of the transcript as a prompt shows it: a line a segment behind a marker. */
export async function transcriptTokens(
  segments: readonly Segment[],
  countTokens: (text: string) => number,
): Promise<number> {
  let tokens = 0;
  for await (const lines of yieldCooperatively(batchesOf(segments))) tokens += countTokens(lines);
  return tokens;
}

function* batchesOf(segments: readonly Segment[]): Generator<string> {
  let batch = '';
  for (const segment of segments) {
    batch += `[^k7x2m] ${transcriptLine(segment)}\n`;
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}
