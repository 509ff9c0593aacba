import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import type { TimelineStep } from '../../ports/turn-timeline.ts';
import { durableStep } from './durable-step.ts';
import { isLocalStep, localStep } from './local-step.ts';
import type { HistoryEvent, RunView } from './run-view.ts';

/** The activities that begin among these events of the run, in order. */
export async function stepsAmong(events: readonly HistoryEvent[], run: RunView): Promise<TimelineStep[]> {
  const begun = events.filter((event) => isLocalStep(event) || event.activityTaskScheduledEventAttributes);
  const steps = await Promise.all(begun.map((event) => stepOf(event, run)));
  return steps.map((step, index) => endedBefore(steps[index + 1], step));
}

async function stepOf(event: HistoryEvent, run: RunView): Promise<TimelineStep> {
  const step = await (isLocalStep(event) ? localStep(event, run) : durableStep(event, run));
  const summary = await decodeOptionalSinglePayload<unknown>(run.converter, event.userMetadata?.summary);
  return { ...step, summary: typeof summary === 'string' ? summary : step.name };
}

/** No event tells when a local step ended, only when that was recorded; the next step began after it. */
function endedBefore(next: TimelineStep | undefined, step: TimelineStep): TimelineStep {
  const late = step.kind === 'local' && next !== undefined && (step.completedAt ?? '') > next.startedAt;
  return late ? { ...step, completedAt: next.startedAt } : step;
}
