import type { SessionId, TranscriptionId } from '../../domain/shared/ids.ts';

/** Workflow runs, for erasure. */
export interface WorkflowRuns {
  /**
   * Terminates the open run of a session and deletes every run with its history: these hold questions and answers.
   * @throws AskError `unavailable` where one of them is still there
   */
  removeSession(id: SessionId): Promise<void>;
  /** Terminates one run of a session if it is open, and deletes it with its history. Nothing is done where there is none. */
  deleteRun(id: SessionId, runId: string): Promise<void>;
  /** Whether a run may still write this transcription's passages to the index. */
  isIndexing(id: TranscriptionId): Promise<boolean>;
}
