import type { PromptLine } from '../../src/domain/answering/prompt-line.ts';
import type { CitableLines } from '../../src/domain/answering/reply/reply-reader.ts';

/** A line of a prompt that says this, for ten seconds. */
export function aLine(marker: string, startMs: number, text: string, more: Partial<PromptLine> = {}): PromptLine {
  return {
    marker,
    recordingId: 'rec_00000000000000000000000001',
    transcriptionId: 'txn_00000000000000000000000001',
    segments: { first: 0, last: 0 },
    startMs,
    endMs: startMs + 10_000,
    speaker: 'Ana',
    text,
    ...more,
  };
}

/** What a reply may cite where nothing is searched. */
export function citing(...lines: PromptLine[]): CitableLines & { sources: [] } {
  return { lines: new Map(lines.map((line) => [line.marker, line])), sourceIndexOf: () => null, sources: [] };
}
