import { HASHED_WORDS_MODEL } from '../../domain/library/search-index.ts';
import type { DescribeSearch, IndexStates, SearchIndexes } from '../../ports/library/search-indexes.ts';

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
