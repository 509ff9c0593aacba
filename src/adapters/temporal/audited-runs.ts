import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import {
  ASK_SESSION,
  eraseWorkflowId,
  expiryWorkflowId,
  INDEX_TRANSCRIPT,
  indexWorkflowId,
  sessionWorkflowId,
} from '../../../workflows/contract.ts';
import type { Audited, Finding } from '../../ports/audit.ts';
import { createWorkflowRuns } from './gateways/workflow-runs.ts';

export interface KnownToDatabase {
  has(collection: string, id: string): Promise<boolean>;
  isErased(id: string): Promise<boolean>;
}

/** Each type of run with words or writes, and what it works on. */
const RUNS = [
  { type: ASK_SESSION, collection: 'sessions', what: 'session' },
  { type: INDEX_TRANSCRIPT, collection: 'transcriptions', what: 'transcription' },
] as const;

/** Runs whose session or transcription is gone. A session's runs hold questions and answers, and go with it. */
export function auditedRuns(client: Client, taskQueue: string, known: KnownToDatabase): Audited {
  return {
    async inspect() {
      const findings: Finding[] = [];
      for (const { type, collection, what } of RUNS) {
        // Runs of imports hold ids alone: only one that still runs may write something.
        const open = type === INDEX_TRANSCRIPT ? " AND ExecutionStatus = 'Running'" : '';
        const query = `WorkflowType = '${type}' AND TaskQueue = '${taskQueue}'${open}`;
        for await (const { workflowId, runId } of client.workflow.list({ query })) {
          const id = workflowId.split('/').at(-1) ?? '';
          if (await known.has(collection, id)) continue;
          if (!(await isThere(client, workflowId, runId)) || (await known.has(collection, id))) continue;
          const says = `the ${what} of this run is gone`;
          const covered = type === ASK_SESSION && (await known.isErased(id));
          findings.push({ place: 'temporal', id: workflowId, kind: 'unreachable', says, covered });
        }
      }
      return findings;
    },
    async remove({ id }) {
      const session = id.slice(sessionWorkflowId('as_').length - 'as_'.length);
      if (session.startsWith('as_')) await createWorkflowRuns(client).removeSession(session as `as_${string}`);
    },
  };
}

/** Whether a workflow still works on a session, a transcription, or the erasure of something. */
export function openRuns(client: Client) {
  return async (of: 'session' | 'indexing' | 'erasure', id: string): Promise<boolean> => {
    const workflowIds = {
      session: () => [sessionWorkflowId(id as `as_${string}`)],
      indexing: () => [indexWorkflowId(id as `txn_${string}`)],
      erasure: () => [eraseWorkflowId(id as `rec_${string}`), expiryWorkflowId(id as `as_${string}`)],
    }[of]();
    const statuses = await Promise.all(workflowIds.map((workflowId) => statusOf(client, workflowId)));
    return statuses.includes('RUNNING');
  };
}

/** The list lags behind: a run may be gone already. */
async function isThere(client: Client, workflowId: string, runId: string): Promise<boolean> {
  return (await statusOf(client, workflowId, runId)) !== null;
}

async function statusOf(client: Client, workflowId: string, runId?: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(workflowId, runId).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
