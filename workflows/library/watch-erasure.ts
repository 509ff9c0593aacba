import {
  CancellationScope,
  isCancellation,
  metricMeter,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { EraseTarget } from '../../src/domain/library/erase-target.ts';
import { LAST_OUTCOME } from '../contract.ts';
import { fromFailure } from '../failures.ts';

/** An erasure takes seconds. After this long an operator must hear of it, and as often again until it is done. */
const OVERDUE_MS = 10 * 60_000;
/** Before a step that failed for minutes is tried for minutes again. */
const PAUSE_MS = 10_000;

/** Runs one step until it succeeds, and shows what keeps it from that. */
export type Step = <T>(what: string, run: () => Promise<T>) => Promise<T>;

/**
 * Shows operators how an erasure goes: the step and the reason of the last failure in the details of the run, and once it is
 * overdue the outcome `failed` in its search attributes and a count in the metrics.
 * @param since when the erasure began, in ms
 */
export async function watchErasure<T>(
  target: EraseTarget,
  since: number,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  const state = { what: target.id as string, reason: '', overdue: false };
  const show = () => setCurrentDetails(detailsOf(state));
  const watch = new CancellationScope();
  const watching = watch.run(async () => {
    for (let due = since + OVERDUE_MS; ; due = Date.now() + OVERDUE_MS) {
      await sleep(Math.max(due - Date.now(), 1));
      overdueErasures().add(1);
      if (!state.overdue) upsertSearchAttributes([{ key: LAST_OUTCOME, value: 'failed' }]);
      state.overdue = true;
      show();
    }
  });
  watching.catch(() => undefined);
  try {
    return await work(async (what, run) => {
      for (;;) {
        state.what = what;
        show();
        try {
          return await run();
        } catch (error) {
          if (isCancellation(error)) throw error;
          state.reason = fromFailure(error).message;
          show();
          await sleep(PAUSE_MS);
        }
      }
    });
  } finally {
    watch.cancel();
    if (state.overdue) upsertSearchAttributes([{ key: LAST_OUTCOME, value: 'completed' }]);
  }
}

function detailsOf({ what, reason, overdue }: { what: string; reason: string; overdue: boolean }): string {
  const late = overdue ? 'Overdue: it has not finished for ten minutes. ' : '';
  return `${late}Erasing ${what}.${reason === '' ? '' : ` The last failure: ${reason}`}`;
}

function overdueErasures() {
  return metricMeter.createCounter(
    'ask_erasures_overdue',
    // A unit would stand in the name.
    undefined,
    'Erasures that have not finished for ten minutes, counted every ten minutes.',
  );
}
