import type { TextModel } from '../search/text-model.ts';
import { WindowIndex } from '../search/window-index.ts';
import { encodeVectors } from '../search/window-vectors.ts';
import { windowsOf } from '../search/windows.ts';
import { type Embedder, RefusedText } from './embedder.ts';

/** How texts are cut before they are embedded. A change makes all vectors incomparable, so it is part of the name. */
const CUT = 'w100';

/** A model of vectors: each text is embedded in windows. */
export function embeddingModel(embedder: Embedder): TextModel {
  return {
    name: embeddingModelName(embedder.model),
    async read(texts) {
      const windows = texts.map(windowsOf);
      const vectors = await embedAll(embedder, windows.flat());
      let from = 0;
      return windows.map((own) => {
        const taken = vectors.slice(from, from + own.length);
        from += own.length;
        return encodeVectors(taken.filter((vector) => vector !== null));
      });
    },
    createIndex: (readBodies) =>
      new WindowIndex({
        async embed(question) {
          const [vector] = await embedder.embed([question], 'question');
          if (vector === undefined) throw new Error('The model gave no vector.');
          return vector;
        },
        minScore: embedder.minScore,
        readBodies,
      }),
  };
}

export function embeddingModelName(model: string): string {
  return `${model}/${CUT}`;
}

/** @returns null for a text that the model refuses; the others are embedded without it. */
async function embedAll(embedder: Embedder, texts: readonly string[]): Promise<(Float32Array | null)[]> {
  try {
    return await embedder.embed(texts, 'passage');
  } catch (error) {
    if (!(error instanceof RefusedText)) throw error;
    if (texts.length === 1) return [null];
    const alone: (Float32Array | null)[] = [];
    for (const text of texts) alone.push(...(await embedAll(embedder, [text])));
    return alone;
  }
}
