import { type Client, isGrpcServiceError } from '@temporalio/client';
import { sessionWorkflowId } from '../../../../workflows/contract.ts';
import type { SessionRuns } from '../../../ports/ask/session-runs.ts';

const NOT_FOUND = 5;

export function createSessionRuns(client: Client): SessionRuns {
  return {
    async remove(id) {
      const workflowId = sessionWorkflowId(id);
      await removeRun({ workflowId });
      // The list lags a little behind, but its latest run is gone already and older ones closed long ago.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
        await removeRun({ workflowId, runId });
      }
    },
  };

  /** Deleting an open run terminates it first. */
  async function removeRun(workflowExecution: { workflowId: string; runId?: string }): Promise<void> {
    try {
      await client.workflowService.deleteWorkflowExecution({ namespace: client.options.namespace, workflowExecution });
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    }
  }
}
