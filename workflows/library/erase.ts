import { continueAsNew, proxyActivities, setWorkflowOptions, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { LeftOfEndUser } from '../../activities/library/erase.ts';
import type { EraseInput } from '../contract.ts';
import { currentVersion, ERASE_STEP } from '../policies.ts';
import { type Step, watchErasure } from './watch-erasure.ts';

const { eraseSession, eraseRecording, eraseEndUser, closeEndUser } = proxyActivities<Activities>(ERASE_STEP);

/** What of an end user is erased between two looks at the length of the history: each session needs a step. */
const MOST_AT_ONCE = 200;

/**
 * Erases a session, a recording, or an end user with everything that belongs to them. What is erased was hidden before. After
 * the longest time that a turn may take it looks once more, in a run of its own.
 */
export async function erase(input: EraseInput): Promise<void> {
  const { waitMs, ...next } = input;
  const { tenant, target, lookAgainMs, since = Date.now() } = next;
  if (waitMs !== undefined) {
    await sleep(waitMs);
    return continueAsNew<typeof erase>(next);
  }
  const done = await watchErasure(target, since, (step) => eraseTarget(input, step));
  if (!done) return continueAsNew<typeof erase>({ ...input, since });
  if (lookAgainMs !== undefined) return continueAsNew<typeof erase>({ tenant, target, waitMs: lookAgainMs });
}

setWorkflowOptions(currentVersion, erase);

/** @returns false when the history is full and there may be more. */
async function eraseTarget({ tenant, target, onlyIfGone, idleSince }: EraseInput, step: Step): Promise<boolean> {
  switch (target.type) {
    case 'session': {
      const only = { ...(onlyIfGone && { onlyIfGone }), ...(idleSince && { idleSince }) };
      await step(target.id, () => eraseSession({ tenant, id: target.id, ...only }));
      return true;
    }
    case 'recording':
      await step(target.id, () => eraseRecording({ tenant, id: target.id, endUserId: target.endUserId }));
      return true;
    case 'end_user': {
      const list = () => closeEndUser({ tenant, endUserId: target.id, limit: MOST_AT_ONCE });
      // Listed again until a listing made after the tombstone is empty.
      for (let left = await step('what is left', list); !isEmpty(left); left = await step('what is left', list)) {
        for (const id of left.sessionIds) await step(id, () => eraseSession({ tenant, id }));
        for (const id of left.recordingIds) await step(id, () => eraseRecording({ tenant, id, endUserId: target.id }));
        if (workflowInfo().continueAsNewSuggested) return false;
      }
      await step(target.id, () => eraseEndUser({ tenant, id: target.id }));
      return true;
    }
  }
}

function isEmpty({ sessionIds, recordingIds }: LeftOfEndUser): boolean {
  return sessionIds.length + recordingIds.length === 0;
}
