import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { fromFailure } from '../src/failures.ts';
import { type IndexInput, type IndexProgress, indexProgressQuery } from './contract.ts';
import { LIBRARY_STEP, VERIFY_STEP } from './policies.ts';

const activities = proxyActivities<Activities>(LIBRARY_STEP);
const { verifyChunks } = proxyActivities<Activities>(VERIFY_STEP);

/** Chunks an activity; it bounds what one attempt repeats after a crash. */
const RANGE = 480;

/** Makes a stored transcript searchable: chunk, index, verify that it is found, publish, retire what it replaces. */
export async function indexTranscript({ tenant, transcriptionId }: IndexInput): Promise<void> {
  const progress: IndexProgress = { step: 'chunking', done: 0, total: 0 };
  setHandler(indexProgressQuery, () => progress, { description: 'How far the indexing is, in chunks.' });
  const transcription = { tenant, transcriptionId };

  try {
    progress.total = await activities.chunkTranscript(transcription);
    await overRanges('indexing', activities.indexChunks);
    await overRanges('verifying', verifyChunks);
    progress.step = 'publishing';
    for (const replaced of await activities.publishTranscription(transcription)) {
      await activities.retireTranscription({ tenant, transcriptionId: replaced });
    }
    progress.step = 'done';
  } catch (error) {
    await giveUp(error);
  }

  async function overRanges(step: 'indexing' | 'verifying', activity: Activities['indexChunks']): Promise<void> {
    Object.assign(progress, { step, done: 0 });
    for (let from = 0; from < progress.total; from += RANGE) {
      const count = Math.min(RANGE, progress.total - from);
      await activity({ ...transcription, from, count });
      progress.done += count;
    }
  }

  async function giveUp(error: unknown): Promise<void> {
    const failure = fromFailure(error);
    // Deleted while it was being indexed: deleting wins and leaves nothing behind.
    if (failure.kind === 'not_found') await activities.retireTranscription(transcription);
    else await activities.failTranscription({ ...transcription, error: failure.message });
  }
}
