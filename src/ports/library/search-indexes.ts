import type {
  IndexBuild,
  IndexModel,
  IndexState,
  IndexTarget,
  ServingIndex,
} from '../../domain/library/search-index.ts';
import type { ChunkId, ProjectId } from '../../domain/shared/ids.ts';
import type { EndUserTenant, PassageRetriever } from './passage-retriever.ts';

/** One build of the index, whether it serves or not. */
export interface IndexAccess extends PassageRetriever {
  /** Passages of each end user that has any; the smaller number where dense and sparse index differ. */
  counts(): Promise<{ tenant: EndUserTenant; passages: number }[]>;
  /** Which passages of an end user stand in either index, and which in both. */
  ids(tenant: EndUserTenant): Promise<{ any: Set<ChunkId>; both: Set<ChunkId> }>;
  /** Removes all that the build holds, of one project or of all. */
  drop(projectId: ProjectId | null): Promise<void>;
}

/** The indexes that the settings of this process name. */
export interface SearchIndexes {
  /** @throws AskError `internal_error` when the settings do not say where the target is */
  open(build: IndexBuild & Partial<IndexModel>): IndexAccess;
  /** What a new build at this target is made with. */
  describe(target: IndexTarget): Promise<IndexModel>;
}

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

/** Which index serves, in the database: one document for all projects, and one for each that was rebuilt alone. */
export interface IndexStates {
  /** As it is now: whoever writes to an index must look here before and after. */
  read(projectId: ProjectId | null): Promise<IndexState>;
  /** As it was within the last second, for searches. */
  recent(projectId: ProjectId | null): Promise<IndexState>;
  /** Notes what serves in an installation that has no document yet. */
  begin(serving: ServingIndex): Promise<void>;
  /** Every document; null is for the one of all projects that have none of their own. */
  list(): Promise<{ projectId: ProjectId | null; state: IndexState }[]>;
  /** Changes the state of one project, or of every project. @returns the states after it */
  change(projectId: ProjectId | null, change: (state: IndexState) => IndexState): Promise<IndexState[]>;
}
