import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { indexWorkflowId, sessionWorkflowId } from '../../../../workflows/contract.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { WorkflowRuns } from '../../../ports/ask/workflow-runs.ts';
import { callTemporal } from '../client/update-errors.ts';

const NOT_FOUND = 5;
/** Pauses before each look for a run that is being deleted: that takes some ms, and minutes where the server waits with closed runs. */
const LOOKS_MS = [0, 10, 20, 40, 80, 160, 320];

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
      await requestRemoval(newest);
      // The list lags a little behind, but older runs began long ago.
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${newest.workflowId}'` })) {
        const execution = { ...newest, runId };
        executions.push(execution);
        await requestRemoval(execution);
      }
      await Promise.all(executions.map(untilRemoved));
    },

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
