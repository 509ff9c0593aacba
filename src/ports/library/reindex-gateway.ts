import type { IndexBuild, IndexTarget } from '../../domain/library/search-index.ts';
import type { ProjectId } from '../../domain/shared/ids.ts';

/** How far a rebuild of the index is, in passages. */
export interface RebuildProgress {
  step: string;
  done: number;
  total: number;
  paused: boolean;
  /** Why it failed, or what could not be done after it; null where all is well. */
  reason: string | null;
}

export interface RebuildRun {
  status: 'running' | 'completed' | 'failed' | 'cancelled';
  /** Null while no worker tells. */
  progress: RebuildProgress | null;
}

/** The rebuild of an index: one at a time in an installation. */
export interface ReindexGateway {
  /**
   * @param rebuild.projectId null for every project
   * @param rebuild.tokensPerMinute null where the index sets the pace
   * @returns the build that it makes; null when a rebuild is under way, which goes on as it was started
   */
  start(rebuild: {
    projectId: ProjectId | null;
    target: IndexTarget;
    tokensPerMinute: number | null;
  }): Promise<IndexBuild | null>;
  /** The one under way, else the last one; null where there was none. */
  latest(): Promise<RebuildRun | null>;
  /** @throws AskError `not_found` when none is under way */
  steer(how: 'pause' | 'resume' | 'cancel'): Promise<void>;
}
