import { allHandlersFinished, condition, executeChild, ParentClosePolicy, workflowInfo } from '@temporalio/workflow';
import { ERASE, type EraseInput, eraseWorkflowId, type SessionInput } from '../contract.ts';

/**
 * Has this run erased, because its history holds a question to a session that was deleted before the run began. The
 * erasure of the session may have ended by then. It looks at the session first, and leaves one that stands alone.
 *
 * The run stays open until it is erased: every server deletes an open run at once, but not one that has just closed.
 */
export async function eraseLeftovers({ tenant, sessionId }: SessionInput): Promise<void> {
  const input: EraseInput = { tenant, target: { type: 'session', id: sessionId }, onlyIfGone: true };
  await executeChild(ERASE, {
    // The erasure of the session has the id without the run, and may still be under way.
    workflowId: `${eraseWorkflowId(sessionId)}/${workflowInfo().runId}`,
    args: [input],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Erase what a late question left of session ${sessionId}`,
  });
  await condition(allHandlersFinished);
}
