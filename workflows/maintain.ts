import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { ERASE, type EraseInput, eraseWorkflowId } from './contract.ts';
import { currentVersion, LIBRARY_STEP } from './policies.ts';

const { removeExpired, expiredSessions } = proxyActivities<Activities>(LIBRARY_STEP);

/** Erased at a time: enough to get through a backlog, few enough to leave the workers to those who ask. */
const BATCH = 20;

/** Started by the schedule of `src/adapters/temporal/gateways/maintenance.ts`: removes what has outlived its time. */
export async function maintain(): Promise<void> {
  await removeExpired();
  // What does not fit this run's history is left to the next run.
  while (!workflowInfo().continueAsNewSuggested) {
    const expired = await expiredSessions({ limit: BATCH });
    await Promise.all(expired.map(({ tenant, id }) => eraseOnce({ tenant, target: { type: 'session', id } })));
    if (expired.length < BATCH) return;
  }
}

setWorkflowOptions(currentVersion, maintain);

/** Under the id that a DELETE would use, so that the two never run beside each other. */
async function eraseOnce(input: EraseInput): Promise<void> {
  try {
    await executeChild(ERASE, {
      workflowId: eraseWorkflowId(input.target.id),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Erase session ${input.target.id}, past its retention`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
