import {
  continueAsNew,
  makeContinueAsNewFunc,
  proxyActivities,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { LeftOfEndUser } from '../../activities/library/erase.ts';
import type { EraseInput } from '../contract.ts';
import { currentVersion, ERASE_STEP } from '../policies.ts';
import { type Step, watchErasure } from './watch-erasure.ts';

const { eraseSession, eraseRecording, eraseEndUser } = proxyActivities<Activities>(ERASE_STEP);

/** What of an end user is erased between two looks at the length of the history: each session needs a step. */
const MOST_AT_ONCE = 200;

/**
 * Erases a session, a recording, or an end user with everything that belongs to them. What is erased was hidden before. After
 * the longest time that a turn may take it looks once more, in a run of its own.
 */
export async function erase({ waitMs, ...input }: EraseInput): Promise<void> {
  const { tenant, target, lookAgainMs, since = Date.now() } = input;
  if (waitMs !== undefined) return eraseLater(waitMs)(input);
  const done = await watchErasure(target, since, (step) => eraseTarget(input, step));
  if (!done) return continueAsNew<typeof erase>({ ...input, since });
  if (lookAgainMs !== undefined) return eraseLater(lookAgainMs)({ tenant, target });
}

setWorkflowOptions(currentVersion, erase);

/** Until its time has come, the next run costs nothing: neither a timer nor a task. */
function eraseLater(ms: number) {
  return makeContinueAsNewFunc<typeof erase>({ backoffStartInterval: ms });
}

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
      const end = () => eraseEndUser({ tenant, id: target.id, limit: MOST_AT_ONCE });
      for (let left = await step(target.id, end); !isEmpty(left); left = await step(target.id, end)) {
        for (const id of left.sessionIds) await step(id, () => eraseSession({ tenant, id }));
        for (const id of left.recordingIds) await step(id, () => eraseRecording({ tenant, id, endUserId: target.id }));
        if (workflowInfo().continueAsNewSuggested) return false;
      }
      return true;
    }
  }
}

function isEmpty({ sessionIds, recordingIds }: LeftOfEndUser): boolean {
  return sessionIds.length + recordingIds.length === 0;
}
