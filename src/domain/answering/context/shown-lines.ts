import type { Line } from '../../library/transcript-lines.ts';
import { timecode } from '../../shared/timecode.ts';
import { asData } from '../prompt-text.ts';

/** A time is shown once in so long: between them lines have none. */
const TIMES_APART_MS = 60_000;
/** It has as many tokens as any marker. */
const ANY_MARKER = 'kx347';

/** A line, and the marker by which an answer cites it. */
export interface MarkedLine {
  marker: string;
  line: Pick<Line, 'startMs' | 'speaker' | 'text'>;
}

/**
 * Lines of one recording that follow each other, as a prompt shows them: `kx347 Ana: The launch moved to May 12.`, and
 * about once a minute a line with the time, `(01:02)`.
 */
export function shownLines(lines: readonly MarkedLine[]): string[] {
  let told = Number.NEGATIVE_INFINITY;
  return lines.flatMap(({ marker, line }) => {
    const { startMs, speaker, text } = line;
    const isDue = startMs - told >= TIMES_APART_MS;
    if (isDue) told = startMs;
    const words = `${marker} ${speaker === null ? '' : `${asData(speaker)}: `}${asData(text)}`;
    return isDue ? [`(${timecode(startMs)})`, words] : [words];
  });
}

/** How many tokens these lines have in a prompt. */
export function tokensOfLines(lines: readonly MarkedLine['line'][], countTokens: (text: string) => number): number {
  if (lines.length === 0) return 0;
  return countTokens(`${shownLines(lines.map((line) => ({ marker: ANY_MARKER, line }))).join('\n')}\n`);
}
