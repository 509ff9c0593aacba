import { HASHED_WORDS_MODEL, type IndexTarget } from '../../domain/library/search-index.ts';
import type { ProjectId } from '../../domain/shared/ids.ts';
import type { IndexStates, SearchIndexes } from '../../ports/library/search-indexes.ts';

/** By what passages are found. */
export interface SearchDescription {
  index: IndexTarget;
  /** The embedding model of the local index; null at Pinecone, where the index alone knows it. */
  model: string | null;
  /** Whether hashed words stand in for an embedding model, so that searches find words and hardly meaning. */
  hashedWords: boolean;
}

/** Tells it for one project, or for all that have no index of their own. null where the local index does not answer. */
export type DescribeSearch = (projectId: ProjectId | null) => Promise<SearchDescription | null>;

export function createSearchDescriber(
  states: Pick<IndexStates, 'recent'>,
  indexes: Pick<SearchIndexes, 'describe'>,
): DescribeSearch {
  return async (projectId) => {
    const { serving } = await states.recent(projectId);
    if (serving.target === 'pinecone') return { index: 'pinecone', model: null, hashedWords: false };
    const now = await indexes.describe('local').catch(() => null);
    if (now === null) return null;
    const model = serving.model ?? now.model;
    // An index that was embedded by a model is searched by words alone while that model cannot be loaded.
    return { index: 'local', model, hashedWords: [model, now.model].includes(HASHED_WORDS_MODEL) };
  };
}
