import type { Source } from '../../library/source.ts';
import type { PromptLine, PromptLines } from '../prompt-line.ts';
import type { CitableLines } from './reply-reader.ts';

/** What a reply may cite; a line's source is the passage in which it stands. */
export function citableLines(lines: PromptLines, sources: readonly Source[]): CitableLines {
  return { lines, sourceIndexOf };

  function sourceIndexOf({ transcriptionId, startMs }: PromptLine): number | null {
    const index = sources.findIndex(
      (source) => source.transcriptionId === transcriptionId && source.startMs <= startMs && startMs <= source.endMs,
    );
    return index === -1 ? null : index;
  }
}
