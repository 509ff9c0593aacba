import { allHandlersFinished, CancellationScope, condition, isCancellation, workflowInfo } from '@temporalio/workflow';

interface Idleness {
  idleMs: number;
  /** When the last turn ended, in ms; before the first one, when the run began. */
  since(): number;
  /** Whether there is nothing left to wait for. */
  isOver(): boolean;
  /** Goes on in a new run. */
  continueAsNew(): Promise<never>;
}

/**
 * Returns once no turn has come for a while or none can come, and continues as new when the history is full. One timer serves as many turns
 * as come meanwhile, because each timer costs two events. Idle time counts from the end of the last turn. The last look
 * before the return has no await after it, so that no turn can slip in between.
 */
export async function untilIdle({ idleMs, since, isOver, continueAsNew }: Idleness): Promise<void> {
  const left = () => (isOver() ? 0 : since() + idleMs - Date.now());
  const isFull = () => workflowInfo().continueAsNewSuggested && allHandlersFinished();
  const isFullOrOver = () => isFull() || (isOver() && allHandlersFinished());
  try {
    for (;;) {
      await condition(allHandlersFinished);
      if (!isFullOrOver()) await condition(isFullOrOver, left());
      if (isFull() && !isOver()) await continueAsNew();
      if (allHandlersFinished() && left() <= 0) return;
    }
  } catch (error) {
    if (isCancellation(error)) await finishHandlers();
    throw error;
  }
}

/** An operator's Cancel waits for the handlers, because a close under a running handler would block the workflow task. */
function finishHandlers(): Promise<void> {
  return CancellationScope.nonCancellable(() => condition(allHandlersFinished));
}
