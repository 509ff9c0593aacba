import type { Embedder } from './embeddings/embedder.ts';
import { embeddingModel } from './embeddings/embedding-model.ts';
import type { TextModels } from './record-index.ts';
import { HASHED_WORDS } from './search/hashed/hashed-index.ts';
import { WORDS } from './search/words/word-index.ts';

/** The models of an index, and the name of the one that releases up to 0.2.0 had. */
export interface IndexModels extends TextModels {
  earlier: string;
}

/** The sparse index has one model. */
export const SPARSE_MODELS: IndexModels = { current: WORDS, find: () => WORDS, earlier: WORDS.name };

/** The dense index embeds with the first embedder, or with hashed words where there is none; these read what earlier releases wrote. */
export function denseModels(embedders: readonly Embedder[]): IndexModels {
  const models = [...embedders.map(embeddingModel), HASHED_WORDS];
  return {
    current: models[0] ?? HASHED_WORDS,
    find: (name) => models.find((model) => model.name === name) ?? null,
    earlier: HASHED_WORDS.name,
  };
}
