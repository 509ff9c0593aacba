import { continueAsNew, proxyActivities, setWorkflowOptions, sleep } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { EraseInput } from '../contract.ts';
import { currentVersion, ERASE_STEP } from '../policies.ts';
import { type Step, watchErasure } from './watch-erasure.ts';

const { eraseSession, eraseRecording, eraseEndUser, closeEndUser } = proxyActivities<Activities>(ERASE_STEP);

/** What of an end user one run takes on: each session needs a step, and a history must not grow without end. */
const MOST_AT_ONCE = 200;

/**
 * Erases a session, a recording, or an end user with everything that belongs to them. What is erased was hidden before. After
 * the longest time that a turn may take it looks once more, in a run of its own.
 */
export async function erase(input: EraseInput): Promise<void> {
  const { tenant, target, waitMs, lookAgainMs, since = Date.now() } = input;
  if (waitMs !== undefined) {
    await sleep(waitMs);
    return continueAsNew<typeof erase>({ tenant, target });
  }
  const done = await watchErasure(target, since, (step) => eraseTarget(input, step));
  if (!done) return continueAsNew<typeof erase>({ ...input, since });
  if (lookAgainMs !== undefined) return continueAsNew<typeof erase>({ tenant, target, waitMs: lookAgainMs });
}

setWorkflowOptions(currentVersion, erase);

/** @returns false when there is more than one run takes on. */
async function eraseTarget({ tenant, target }: EraseInput, step: Step): Promise<boolean> {
  switch (target.type) {
    case 'session':
      await step(target.id, () => eraseSession({ tenant, id: target.id }));
      return true;
    case 'recording':
      await step(target.id, () => eraseRecording({ tenant, id: target.id, endUserId: target.endUserId }));
      return true;
    case 'end_user': {
      const list = () => closeEndUser({ tenant, endUserId: target.id, limit: MOST_AT_ONCE });
      let taken = 0;
      for (let left = await step('what is left', list); ; left = await step('what is left', list)) {
        const { sessionIds, recordingIds } = left;
        if (sessionIds.length + recordingIds.length === 0) break;
        if (taken > 0 && taken + sessionIds.length + recordingIds.length > MOST_AT_ONCE) return false;
        taken += sessionIds.length + recordingIds.length;
        for (const id of sessionIds) await step(id, () => eraseSession({ tenant, id }));
        for (const id of recordingIds) await step(id, () => eraseRecording({ tenant, id, endUserId: target.id }));
      }
      await step(target.id, () => eraseEndUser({ tenant, id: target.id }));
      return true;
    }
  }
}
