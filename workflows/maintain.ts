import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setWorkflowOptions,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { ExpiredSession } from '../activities/ask/expired-sessions.ts';
import type { Activities } from '../activities/index.ts';
import { ERASE, type EraseInput, expiryWorkflowId } from './contract.ts';
import { currentVersion, LIBRARY_STEP, SWEEP_STEP } from './policies.ts';

const { removeExpired, expiredSessions } = proxyActivities<Activities>(LIBRARY_STEP);
const { sweepOrphans } = proxyActivities<Activities>(SWEEP_STEP);

/** Erased at a time: enough to get through a backlog, few enough to leave the workers to those who ask. */
const BATCH = 20;

/**
 * Started by the schedule of `src/adapters/temporal/gateways/maintenance.ts`: removes what has outlived its
 * time, and reports what belongs to nothing.
 */
export async function maintain(): Promise<void> {
  await removeExpired();
  await eraseExpired();
  await sweepOrphans();
}

async function eraseExpired(): Promise<void> {
  // What does not fit this run's history is left to the next run.
  while (!workflowInfo().continueAsNewSuggested) {
    const { sessions, lookAgainMs } = await expiredSessions({ limit: BATCH });
    await Promise.all(sessions.map((session) => eraseOnce(session, lookAgainMs)));
    if (sessions.length < BATCH) return;
  }
}

setWorkflowOptions(currentVersion, maintain);

/** Erases a session if it is still idle. Like each erasure it looks once more later, which nothing here waits for. */
async function eraseOnce({ tenant, id, idleSince }: ExpiredSession, lookAgainMs: number): Promise<void> {
  const input: EraseInput = { tenant, target: { type: 'session', id }, onlyIfGone: true };
  const child = (of: EraseInput) => ({
    workflowId: expiryWorkflowId(id),
    args: [of] as [EraseInput],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Erase session ${id}, past its retention`,
  });
  try {
    await executeChild(ERASE, child({ ...input, idleSince }));
    await startChild(ERASE, child({ ...input, waitMs: lookAgainMs }));
  } catch (error) {
    // An earlier run of this workflow began it.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
