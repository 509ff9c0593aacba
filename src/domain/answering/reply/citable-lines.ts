import type { Source } from '../../library/source.ts';
import type { PromptLine, PromptLines } from '../prompt-line.ts';
import type { CitableLines } from './reply-reader.ts';

/**
 * What a reply may cite. The sources are those that are shown; another one in which a cited line stands follows them.
 * @param sourceOf the passage in which a line stands, by its marker
 */
export function citableLines(
  lines: PromptLines,
  shown: readonly Source[],
  sourceOf: (marker: string) => Source | null,
): CitableLines & { sources: Source[] } {
  const sources = [...shown];
  return { lines, sources, sourceIndexOf };

  function sourceIndexOf({ marker }: PromptLine): number | null {
    const source = sourceOf(marker);
    if (source === null) return null;
    const index = sources.findIndex(({ chunkId }) => chunkId === source.chunkId);
    return index === -1 ? sources.push(source) - 1 : index;
  }
}
