import { continueAsNew, proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { EraseInput } from '../contract.ts';
import { currentVersion, LIBRARY_STEP } from '../policies.ts';

const { eraseSession, eraseRecording, eraseEndUser, closeEndUser } = proxyActivities<Activities>(LIBRARY_STEP);

/** What of an end user one run takes on: each session needs a step, and a history must not grow without end. */
const MOST_AT_ONCE = 200;

/** Erases a session, a recording, or an end user with everything that belongs to them. What is erased was hidden before. */
export async function erase({ tenant, target }: EraseInput): Promise<void> {
  switch (target.type) {
    case 'session':
      return eraseSession({ tenant, id: target.id });
    case 'recording':
      return eraseRecording({ tenant, id: target.id, endUserId: target.endUserId });
    case 'end_user': {
      const closing = { tenant, endUserId: target.id, limit: MOST_AT_ONCE };
      const { sessionIds, recordingIds, more } = await closeEndUser(closing);
      for (const id of sessionIds) await eraseSession({ tenant, id });
      for (const id of recordingIds) await eraseRecording({ tenant, id, endUserId: target.id });
      if (more) return continueAsNew<typeof erase>({ tenant, target });
      return eraseEndUser({ tenant, id: target.id });
    }
  }
}

setWorkflowOptions(currentVersion, erase);
