import { HASHED_WORDS_MODEL } from '../../domain/library/search-index.ts';
import type { IndexedTranscripts } from '../../ports/library/indexed-transcripts.ts';
import type { ReindexGateway } from '../../ports/library/reindex-gateway.ts';
import type { IndexStates, SearchIndexes } from '../../ports/library/search-indexes.ts';

export interface FollowModelDependencies {
  indexStates: IndexStates;
  indexes: SearchIndexes;
  indexed: IndexedTranscripts;
  gateway: ReindexGateway;
}

/**
 * Looks whether the local index now embeds with another model than the one that serves, and begins a rebuild where it does.
 * A rebuild that fails is not begun again by the same process: an operator must see to it.
 */
export function createModelFollower({ indexStates, indexes, indexed, gateway }: FollowModelDependencies) {
  const begun = new Set<string>();

  return async (): Promise<void> => {
    const { serving } = await indexStates.read(null);
    if (serving.target !== 'local') return;
    const now = await indexes.describe('local');
    if (now.model === null || now.model === serving.model) return;
    const isEmpty = (await indexed.list(null, null, 1)).length === 0;
    const wasHashed = serving.model === null && now.model === HASHED_WORDS_MODEL;
    if (isEmpty || wasHashed) {
      await indexStates.change(null, (state) => ({ ...state, serving: { ...state.serving, ...now } }));
      return;
    }
    // A model that cannot be loaded today is no reason to do without it for good.
    if (now.model === HASHED_WORDS_MODEL || begun.has(now.model)) return;
    await gateway.start({ projectId: null, target: 'local', tokensPerMinute: null });
    begun.add(now.model);
  };
}
