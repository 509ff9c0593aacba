import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { indexWorkflowId, sessionWorkflowId } from '../../../../workflows/contract.ts';
import type { WorkflowRuns } from '../../../ports/ask/workflow-runs.ts';
import { callTemporal } from '../client/update-errors.ts';

const NOT_FOUND = 5;

export function createWorkflowRuns(client: Client): WorkflowRuns {
  return {
    async removeSession(id) {
      const workflowId = sessionWorkflowId(id);
      await removeRun({ workflowId });
      // The list lags a little behind, but its latest run is gone already and older ones closed long ago.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
        await removeRun({ workflowId, runId });
      }
    },

    async isIndexing(id) {
      try {
        const { status } = await callTemporal(() => client.workflow.getHandle(indexWorkflowId(id)).describe());
        return status.name === 'RUNNING';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
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
