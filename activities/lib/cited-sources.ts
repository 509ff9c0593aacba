import type { Part } from '../../src/domain/ask/message.ts';
import type { Source } from '../../src/domain/library/source.ts';
import type { LoadedContext } from './prompt-contexts.ts';

/** The sources of an answer: the best passages that were shown, and behind them each other one that it cites. */
export function withCitedSources(context: LoadedContext, parts: readonly Part[]): Source[] {
  const sources = [...context.sources];
  const markers = new Map(
    [...context.targets].map(([marker, { recordingId, startMs }]) => [`${recordingId}/${startMs}`, marker]),
  );
  for (const part of parts) {
    if (part.type !== 'citation') continue;
    const marker = markers.get(`${part.recordingId}/${part.startMs}`);
    const source = marker === undefined ? null : context.sourceOf(marker);
    if (source && !sources.some(({ chunkId }) => chunkId === source.chunkId)) sources.push(source);
  }
  return sources;
}
