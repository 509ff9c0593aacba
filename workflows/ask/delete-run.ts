import { proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { SessionInput } from '../contract.ts';
import { DELETION_FROM_WITHIN } from '../policies.ts';

const { deleteSessionRun } = proxyLocalActivities<Activities>(DELETION_FROM_WITHIN);

/**
 * Deletes this run in the middle of a workflow task. A worker forgets a run that is gone when its task ends. A run that goes
 * between two tasks stays in the worker's memory until its place is needed.
 */
export function deleteRun({ sessionId }: SessionInput): Promise<void> {
  return deleteSessionRun({ sessionId, runId: workflowInfo().runId });
}
