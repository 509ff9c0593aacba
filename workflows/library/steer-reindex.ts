import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  LAST_OUTCOME,
  pauseReindexSignal,
  type ReindexInput,
  type ReindexProgress,
  reindexProgressQuery,
  resumeReindexSignal,
} from '../contract.ts';

const BEGINNING: ReindexProgress = { step: 'beginning', done: 0, total: 0, paused: false, reason: null };

/** How far a rebuild is, for whoever asks, and how operators pause it. */
export function steerReindex({ projectId, build, progress: before }: ReindexInput) {
  const progress: ReindexProgress = { ...BEGINNING, ...before };
  const scope = projectId === null ? 'every project' : `project ${projectId}`;

  let outcome = 'none';

  function show(changed: Partial<ReindexProgress>): void {
    Object.assign(progress, changed);
    const { step, done, total, paused, reason } = progress;
    const state = `${paused ? 'Paused. ' : ''}${step}: ${done} of ${total} passages`;
    if (outcome !== (paused ? 'paused' : step)) {
      outcome = paused ? 'paused' : step;
      upsertSearchAttributes([{ key: LAST_OUTCOME, value: outcome }]);
    }
    setCurrentDetails(`Index of ${scope} at ${build.target}. ${state}${reason === null ? '' : `. ${reason}`}`);
  }

  setHandler(reindexProgressQuery, () => progress, { description: 'How far the rebuild is, in passages.' });
  const pause = (paused: boolean) => () => show({ paused });
  setHandler(pauseReindexSignal, pause(true), { description: 'Writes nothing more until it is resumed.' });
  setHandler(resumeReindexSignal, pause(false), { description: 'Goes on where it was paused.' });
  return { progress, show, whileItMay: () => condition(() => !progress.paused) };
}
