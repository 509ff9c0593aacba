import { proxyActivities, setHandler, setWorkflowOptions } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { type RedateInput, redateSignal } from '../contract.ts';
import { currentVersion, HEAVY_STEP, LIBRARY_STEP } from '../policies.ts';
import { inRanges } from './ranges.ts';

const { findDateChanges, endDateChanges } = proxyActivities<Activities>(LIBRARY_STEP);
const { redateChunks } = proxyActivities<Activities>(HEAVY_STEP);

/** Brings the date of a recording to the index. One run a recording, so that no two dates overtake each other. */
export async function redateRecording({ tenant, recordingId }: RedateInput): Promise<void> {
  let changes = 0;
  setHandler(redateSignal, () => void changes++, { description: 'The date has changed once more.' });

  for (let done = -1; done !== changes; ) {
    done = changes;
    const { changeIds, transcripts } = await findDateChanges({ tenant, recordingId });
    for (const { transcriptionId, chunkCount } of transcripts) {
      for (const range of inRanges(chunkCount)) await redateChunks({ tenant, transcriptionId, ...range });
    }
    await endDateChanges({ tenant, changeIds });
  }
}

setWorkflowOptions(currentVersion, redateRecording);
