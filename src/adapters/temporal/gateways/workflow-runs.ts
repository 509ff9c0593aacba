import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { deleteRunUpdate, indexWorkflowId, sessionWorkflowId } from '../../../../workflows/contract.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { WorkflowRuns } from '../../../ports/ask/workflow-runs.ts';
import { callTemporal } from '../client/update-errors.ts';

const NOT_FOUND = 5;
/** Looks for a run that is being deleted. It goes within some ms, but not where the server waits with closed runs. */
const LOOKS_MS = [0, 20, 40, 80, 160, 320];

/** A run that answers no update within this time is terminated from outside. */
const DELETES_ITSELF_WITHIN_MS = 1_000;

export function createWorkflowRuns(client: Client): WorkflowRuns {
  return {
    async removeSession(id) {
      const workflowId = sessionWorkflowId(id);
      const runIds = new Set<string>();
      const remove = async (runId: string) => {
        if (runIds.has(runId)) return;
        runIds.add(runId);
        await requestRemoval(workflowId, runId);
      };
      // The newest one first, until none comes after it: an open run may be continued as new at any moment.
      for (let run = await find(workflowId); run !== null && !runIds.has(run.runId); run = await find(workflowId)) {
        if (run.status.name === 'RUNNING') await letDeleteItself(workflowId, run.runId);
        await remove(run.runId);
      }
      // The list lags a little behind, but older runs began long ago.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
        await remove(runId);
      for (const runId of runIds) await untilRemoved(workflowId, runId);
    },

    deleteRun: (id, runId) => requestRemoval(sessionWorkflowId(id), runId),

    async isIndexing(id) {
      return (await callTemporal(() => find(indexWorkflowId(id))))?.status.name === 'RUNNING';
    },
  };

  /** A run; the newest one where none is named. */
  async function find(workflowId: string, runId?: string) {
    try {
      return await client.workflow.getHandle(workflowId, runId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** What stands afterwards is deleted from here, whatever kept the run from it. */
  async function letDeleteItself(workflowId: string, runId: string): Promise<void> {
    const run = client.workflow.getHandle(workflowId, runId);
    await client
      .withDeadline(Date.now() + DELETES_ITSELF_WITHIN_MS, () => run.executeUpdate(deleteRunUpdate))
      .catch(() => undefined);
  }

  /** An open run is terminated first. The server deletes it later, by itself. */
  async function requestRemoval(workflowId: string, runId: string): Promise<void> {
    const { namespace } = client.options;
    try {
      await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } });
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    }
  }

  async function untilRemoved(workflowId: string, runId: string): Promise<void> {
    for (const ms of LOOKS_MS) {
      await sleep(ms);
      if ((await find(workflowId, runId)) === null) return;
    }
    throw new AskError('unavailable', `Temporal has not deleted the run ${runId} yet.`);
  }
}
