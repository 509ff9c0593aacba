import { ApplicationFailure } from '@temporalio/common';
import {
  CancellationScope,
  ContinueAsNew,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setWorkflowOptions,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { ChunkRange } from '../../activities/library/index-chunks.ts';
import { REINDEX_FAILED, type ReindexInput, type ReindexProgress, type ReindexStep } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import {
  CLEAN_UP_STEP,
  currentVersion,
  HEAVY_STEP,
  LIBRARY_STEP,
  REBUILD_STEP,
  REMOVAL_STEP,
  SWEEP_STEP,
} from '../policies.ts';
import { inRanges } from './ranges.ts';
import { steerReindex } from './steer-reindex.ts';

const { beginRebuild, listPassages, switchIndex, abandonRebuild } = proxyActivities<Activities>(LIBRARY_STEP);
const { recutTranscript, rebuildPassages } = proxyActivities<Activities>(HEAVY_STEP);
const { verifyPassages } = proxyActivities<Activities>(REBUILD_STEP);
const { compareIndex, trySearches } = proxyActivities<Activities>(SWEEP_STEP);
const { retireBuilds } = proxyActivities<Activities>(REMOVAL_STEP);
const { retireBuilds: retireSoon } = proxyActivities<Activities>(CLEAN_UP_STEP);

/** Comparisons with the database, before a rebuild that is never whole ends. */
const COMPARISONS = 20;
const BETWEEN_COMPARISONS_MS = 3_000;
const NEVER_WHOLE = 'The index does not keep what is written to it: it is still incomplete.';

/**
 * Builds the index anew from the database while the old one serves: write every passage and wait until it is found, compare
 * with the database, try searches, switch over, remove the old one. Imports and deletions reach both meanwhile.
 */
export async function reindex(input: ReindexInput): Promise<ReindexProgress> {
  const { projectId, build } = input;
  const { progress, show, whileItMay } = steerReindex(input);
  let cursor = input.cursor ?? null;
  try {
    if (cursor === null) show({ step: 'writing', total: await beginRebuild({ projectId, build }) });
    for (;;) {
      await whileItMay();
      const { parts, old, next } = await listPassages({ projectId, after: cursor });
      await write(parts);
      for (const transcript of old) await cutAndWrite(transcript);
      if (next === null) break;
      cursor = next;
      if (workflowInfo().continueAsNewSuggested)
        return await continueAsNew<typeof reindex>({ ...input, cursor, progress });
    }
    await compare('comparing');
    show({ step: 'searching' });
    await trySearches({ projectId, build });
    await whileItMay();
    show({ step: 'switching' });
    await switchIndex({ projectId, build });
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    return await CancellationScope.nonCancellable(() => giveUp(error));
  }
  // From here on the new index serves: nothing stops what is left.
  return CancellationScope.nonCancellable(finish);

  /** Writes passages and waits until the index serves them, no faster than the provider allows. */
  async function write(parts: ChunkRange[]): Promise<void> {
    if (parts.length === 0) return;
    const since = Date.now();
    const { passages, tokens } = await rebuildPassages({ build, parts });
    await verifyPassages({ build, parts });
    show({ done: progress.done + passages });
    const leastMs = input.tokensPerMinute === null ? 0 : (tokens / input.tokensPerMinute) * 60_000;
    const early = Math.ceil(since + leastMs - Date.now());
    if (early > 0) await sleep(early);
  }

  async function cutAndWrite(transcript: Omit<ChunkRange, 'from' | 'count'>): Promise<void> {
    const count = await recutTranscript(transcript);
    show({ total: progress.total + count });
    for (const range of inRanges(count)) await write([{ ...transcript, ...range }]);
  }

  /** Until the index holds what the database holds, and nothing else. */
  async function compare(step: ReindexStep): Promise<void> {
    show({ step });
    for (let round = 1; ; round++) {
      const { missing } = await compareIndex({ projectId, build, byIds: step === 'comparing' });
      if (missing.length === 0) return;
      if (round === COMPARISONS) throw ApplicationFailure.nonRetryable(NEVER_WHOLE, 'unavailable');
      await rebuildPassages({ build, parts: missing });
      await verifyPassages({ build, parts: missing });
      await sleep(BETWEEN_COMPARISONS_MS);
    }
  }

  async function finish(): Promise<ReindexProgress> {
    // What was written between the last look and the switch.
    await compare('catching up').catch((error: unknown) => show({ reason: fromFailure(error).message }));
    show({ step: 'removing' });
    await sleep(input.graceMs);
    await retireBuilds({ projectId }).catch((error: unknown) => show({ reason: fromFailure(error).message }));
    show({ step: 'done' });
    return progress;
  }

  async function giveUp(error: unknown): Promise<never> {
    const step = isCancellation(error) ? 'cancelled' : 'failed';
    const reason = step === 'failed' ? fromFailure(error).message : null;
    show({ step, reason });
    await abandonRebuild({ projectId, build });
    await retireSoon({ projectId }).catch(() => undefined);
    throw reason === null ? error : ApplicationFailure.nonRetryable(reason, REINDEX_FAILED);
  }
}

setWorkflowOptions(currentVersion, reindex);
