import {
  type ActivityOptions,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { type IndexInput, type IndexProgress, indexProgressQuery } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { currentVersion, HEAVY_STEP, LIBRARY_STEP, PUBLISH_STEP, VERIFY_STEP } from '../policies.ts';
import { inRanges } from './ranges.ts';

/** Makes a stored transcript searchable: chunk, index, verify that it is found, publish, retire what it replaces. */
export async function indexTranscript({ tenant, transcriptionId }: IndexInput): Promise<void> {
  const progress: IndexProgress = { step: 'chunking', done: 0, total: 0 };
  setHandler(indexProgressQuery, () => progress, { description: 'How far the indexing is, in chunks.' });
  const transcription = { tenant, transcriptionId };

  try {
    progress.total = await step('Cut into chunks', HEAVY_STEP).chunkTranscript(transcription);
    await overRanges('indexing', (summary) => step(summary, HEAVY_STEP).indexChunks);
    await overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks);
    show({ step: 'publishing' });
    for (const { transcriptionId: outdated, by } of await step('Publish', PUBLISH_STEP).publishTranscription(
      transcription,
    )) {
      await step(`Retire ${outdated}`, HEAVY_STEP).retireTranscription({ tenant, transcriptionId: outdated, by });
    }
    show({ step: 'done' });
  } catch (error) {
    await giveUp(error);
  }

  function show(changed: Partial<IndexProgress>): void {
    Object.assign(progress, changed);
    setCurrentDetails(`${progress.step}: ${progress.done} of ${progress.total} chunks`);
  }

  async function overRanges(
    verb: 'indexing' | 'verifying',
    activityFor: (summary: string) => Activities['indexChunks'],
  ): Promise<void> {
    show({ step: verb, done: 0 });
    for (const { from, count } of inRanges(progress.total)) {
      await activityFor(`${verb} ${count} of ${progress.total} chunks from ${from}`)({ ...transcription, from, count });
      show({ done: progress.done + count });
    }
  }

  async function giveUp(error: unknown): Promise<void> {
    const failure = fromFailure(error);
    // Deleted while it was being indexed: deleting wins and leaves nothing behind.
    // Whatever this run may have put into the index is removed, also where the database no longer knows of it.
    if (failure.kind === 'not_found') {
      await step('Retire what was deleted', HEAVY_STEP).retireTranscription({
        ...transcription,
        chunks: progress.total,
      });
    } else await step('Record the failure').failTranscription({ ...transcription, error: failure.message });
  }
}

setWorkflowOptions(currentVersion, indexTranscript);

/** The activities, with words for operators on the one that is called. */
function step(summary: string, policy: ActivityOptions = LIBRARY_STEP) {
  return proxyActivities<Activities>({ ...policy, summary });
}
