import {
  type IndexBuild,
  isSameBuild,
  withBuilding,
  withoutBuilding,
  withoutRetired,
  withServing,
} from '../../../src/domain/library/search-index.ts';
import type { ProjectId } from '../../../src/domain/shared/ids.ts';
import type { IndexedTranscripts } from '../../../src/ports/library/indexed-transcripts.ts';
import type { IndexStates, SearchIndexes } from '../../../src/ports/library/search-indexes.ts';
import { everyTranscription } from './every-transcription.ts';

export interface StateDependencies {
  indexed: IndexedTranscripts;
  indexes: SearchIndexes;
  indexStates: IndexStates;
}

interface Rebuild {
  projectId: ProjectId | null;
  build: IndexBuild;
}

/** From now on imports and deletions reach the new build too. @returns how many passages it will have */
export function beginRebuild({ indexed, indexes, indexStates }: StateDependencies) {
  return async ({ projectId, build }: Rebuild): Promise<number> => {
    // A target that is not configured, or refuses its key, must not get in the way of imports.
    await indexes.open(build).counts();
    await indexStates.change(projectId, (state) => withBuilding(state, build));
    let passages = 0;
    for await (const { chunkCount } of everyTranscription(indexed, projectId)) passages += chunkCount ?? 0;
    return passages;
  };
}

/** From now on searches ask the new build. */
export function switchIndex({ indexes, indexStates }: StateDependencies) {
  return async ({ projectId, build }: Rebuild): Promise<void> => {
    const serving = { ...build, ...(await indexes.describe(build.target)) };
    await indexStates.change(projectId, (state) => withServing(state, serving));
  };
}

/** Gives a build up. It is removed later, and deletions reach it until then. */
export function abandonRebuild({ indexStates }: StateDependencies) {
  return async ({ projectId, build }: Rebuild): Promise<void> => {
    await indexStates.change(projectId, (state) => withoutBuilding(state, build));
  };
}

/** Removes what does not serve any more. */
export function retireBuilds({ indexes, indexStates }: StateDependencies) {
  return async ({ projectId }: { projectId: ProjectId | null }): Promise<void> => {
    const states = await indexStates.list();
    for (const { projectId: of, state } of states) {
      if (projectId !== null && of !== projectId) continue;
      for (const build of state.retiring) {
        // A project that was rebuilt alone may have left what still serves all others.
        const serves = of === null && states.some(({ state: other }) => isSameBuild(other.serving, build));
        if (serves) continue;
        await indexes.open(build).drop(of);
        await indexStates.change(of, (now) => withoutRetired(now, build));
      }
    }
  };
}
