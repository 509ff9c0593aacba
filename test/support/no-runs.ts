import type { WorkflowRuns } from '../../src/ports/ask/workflow-runs.ts';

/** Where nothing runs in Temporal. */
export const NO_RUNS: WorkflowRuns = {
  removeSession: async () => {},
  deleteRun: async () => {},
  isIndexing: async () => false,
};
