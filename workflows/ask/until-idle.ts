import { allHandlersFinished, CancellationScope, condition, isCancellation, workflowInfo } from '@temporalio/workflow';

interface Idleness {
  idleMs: number;
  /** When the last turn ended, in ms; before the first one, when the run began. */
  since(): number;
  /** Goes on in a new run. */
  continueAsNew(): Promise<never>;
}

/**
 * Returns once no turn has come for a while, and continues as new when the history is full. One timer serves as many turns
 * as come meanwhile, because each timer costs two events. Idle time counts from the end of the last turn. The last look
 * before the return has no await after it, so that no turn can slip in between.
 */
export async function untilIdle({ idleMs, since, continueAsNew }: Idleness): Promise<void> {
  const left = () => since() + idleMs - Date.now();
  const isFull = () => workflowInfo().continueAsNewSuggested && allHandlersFinished();
  try {
    for (;;) {
      await condition(allHandlersFinished);
      const full = isFull() || (await condition(isFull, left()));
      if (full) await continueAsNew();
      if (allHandlersFinished() && left() <= 0) return;
    }
  } catch (error) {
    throw await drained(error);
  }
}

/** After an operator's Cancel: closing under a running handler would wedge the workflow task. */
async function drained(error: unknown): Promise<unknown> {
  if (isCancellation(error)) await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return error;
}
