import type { SessionId } from '../../domain/shared/ids.ts';

/** The workflow runs of a session, for erasure: their histories hold questions and answers. */
export interface SessionRuns {
  /** Terminates the open run and deletes every run with its history. */
  remove(id: SessionId): Promise<void>;
}
