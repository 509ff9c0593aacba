import { type ActivityOptions, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { isTransient } from '../failures.ts';
import { DURABLE_STEP, QUICK_STEP } from '../policies.ts';

/**
 * A step that first runs inside the workflow task, where it costs milliseconds. While its dependency is away it goes on as
 * a durable activity, whose waiting costs no workflow task.
 *
 * @param summary what operators read about it
 */
export function localFirst<I, O>(
  step: (activities: Activities) => (input: I) => Promise<O>,
  summary: string,
  whenAway: ActivityOptions = DURABLE_STEP,
): (input: I) => Promise<O> {
  const now = step(proxyLocalActivities<Activities>({ ...QUICK_STEP, summary }));
  const later = step(proxyActivities<Activities>({ ...whenAway, summary }));
  return async (input) => {
    try {
      return await now(input);
    } catch (error) {
      if (!isTransient(error)) throw error;
      return later(input);
    }
  };
}
