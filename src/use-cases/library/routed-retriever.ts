import { type IndexBuild, isSameBuild, writtenBuilds } from '../../domain/library/search-index.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { ProjectId } from '../../domain/shared/ids.ts';
import type { PassageRetriever } from '../../ports/library/passage-retriever.ts';
import type { IndexAccess, IndexStates, SearchIndexes } from '../../ports/library/search-indexes.ts';

/**
 * The retriever that everybody uses: searches ask the build that serves; what is new goes to it and to the one that is being
 * rebuilt; deletions reach every build. Whoever has written looks at the builds again, so that none misses what a rebuild
 * that began meanwhile could not see.
 */
export function createRoutedRetriever(states: IndexStates, indexes: SearchIndexes): PassageRetriever {
  /** @returns the builds that were reached and do not count any more. */
  async function onEach(
    wanted: () => Promise<IndexBuild[]>,
    act: (index: IndexAccess, build: IndexBuild) => Promise<void>,
  ): Promise<IndexBuild[]> {
    const reached: IndexBuild[] = [];
    for (;;) {
      const builds = await wanted();
      const left = builds.filter((build) => !includes(reached, build));
      if (left.length === 0) return reached.filter((build) => !includes(builds, build));
      await Promise.all(left.map((build) => act(indexes.open(build), build)));
      reached.push(...left);
    }
  }

  const all = async (projectId: ProjectId) => {
    const state = await states.read(projectId);
    return [...writtenBuilds(state), ...state.retiring];
  };

  return {
    async search(tenant, query) {
      const { serving } = await states.recent(tenant.projectId);
      const hits = await indexes.open(serving).search(tenant, query);
      if (hits.length > 0) return hits;
      // A build that has just been retired holds nothing.
      const now = await states.recent(tenant.projectId);
      return isSameBuild(now.serving, serving) ? hits : indexes.open(now.serving).search(tenant, query);
    },

    async upsert(tenant, chunks) {
      const { projectId } = tenant;
      const outdated = await onEach(
        async () => writtenBuilds(await states.read(projectId)),
        async (index, build) => {
          await index.upsert(tenant, chunks).catch(async (error: unknown) => {
            // The rebuild meets the same refusal and ends by it. An import must not.
            const isRebuilt = isSameBuild((await states.read(projectId)).building, build);
            if (!isRebuilt || !isRefusal(error)) throw error;
          });
        },
      );
      const ids = chunks.map(({ id }) => id);
      for (const build of outdated) await indexes.open(build).remove(tenant, ids);
    },

    async missing(tenant, ids) {
      const { serving } = await states.read(tenant.projectId);
      return indexes.open(serving).missing(tenant, ids);
    },

    async remove(tenant, ids) {
      await onEach(
        () => all(tenant.projectId),
        (index) => index.remove(tenant, ids),
      );
    },

    async removeAll(tenant) {
      await onEach(
        () => all(tenant.projectId),
        (index) => index.removeAll(tenant),
      );
    },
  };
}

function includes(builds: readonly IndexBuild[], build: IndexBuild): boolean {
  return builds.some((each) => isSameBuild(each, build));
}

function isRefusal(error: unknown): boolean {
  return error instanceof AskError && error.details?.retryable === false;
}
