import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { deleteRunUpdate, indexWorkflowId, sessionWorkflowId } from '../../../../workflows/contract.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { WorkflowRuns } from '../../../ports/ask/workflow-runs.ts';
import { callTemporal } from '../client/update-errors.ts';

const NOT_FOUND = 5;
/** Pauses before each look for a run that is being deleted: that takes some ms, and minutes where the server waits with closed runs. */
const LOOKS_MS = [0, 10, 20, 40, 80, 160, 320];

/** A run that does not delete itself within this time is terminated. */
const DELETES_ITSELF_WITHIN_MS = 1_000;

/** A run; the newest one where none is named. */
interface Execution {
  workflowId: string;
  runId?: string;
}

export function createWorkflowRuns(client: Client): WorkflowRuns {
  return {
    async removeSession(id) {
      const newest: Execution = { workflowId: sessionWorkflowId(id) };
      const executions = [newest];
      await letDeleteItself(newest);
      await requestRemoval(newest);
      // The list lags a little behind, but older runs began long ago.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${newest.workflowId}'` })) {
        const execution = { ...newest, runId };
        executions.push(execution);
        await requestRemoval(execution);
      }
      await Promise.all(executions.map(untilRemoved));
    },

    deleteRun: (id, runId) => requestRemoval({ workflowId: sessionWorkflowId(id), runId }),

    async isIndexing(id) {
      return (await callTemporal(() => find({ workflowId: indexWorkflowId(id) })))?.status.name === 'RUNNING';
    },
  };

  async function find({ workflowId, runId }: Execution) {
    try {
      return await client.workflow.getHandle(workflowId, runId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Does nothing where the run is closed. What stands afterwards is deleted from here, whatever kept the run from it. */
  async function letDeleteItself({ workflowId }: Execution): Promise<void> {
    const run = client.workflow.getHandle(workflowId);
    const deleted = client.withDeadline(Date.now() + DELETES_ITSELF_WITHIN_MS, () =>
      run.executeUpdate(deleteRunUpdate),
    );
    await deleted.catch(() => undefined);
  }

  /** Terminates an open run. The server deletes it by itself. */
  async function requestRemoval(workflowExecution: Execution): Promise<void> {
    try {
      await client.workflowService.deleteWorkflowExecution({ namespace: client.options.namespace, workflowExecution });
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    }
  }

  async function untilRemoved(execution: Execution): Promise<void> {
    for (const ms of LOOKS_MS) {
      await sleep(ms);
      if ((await find(execution)) === null) return;
    }
    throw new AskError('unavailable', `Temporal has not deleted the runs of ${execution.workflowId} yet.`);
  }
}
