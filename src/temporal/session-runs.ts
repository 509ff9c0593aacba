import { type Client, isGrpcServiceError } from '@temporalio/client';
import { sessionWorkflowId } from '../../workflows/contract.ts';
import type { SessionRuns } from '../ports/session-runs.ts';

const NOT_FOUND = 5;

export function createSessionRuns(client: Client): SessionRuns {
  return {
    async remove(id) {
      const workflowId = sessionWorkflowId(id);
      await removeRun({ workflowId });
      let left = 0;
      // Visibility lags a little, so the caller asks again until nothing is listed.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
        left++;
        await removeRun({ workflowId, runId });
      }
      return left;
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
