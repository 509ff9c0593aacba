import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import type { TimelineStep } from '../../../ports/ask/turn-timeline.ts';
import { durableStep } from './durable-step.ts';
import { isLocalStep, localStep } from './local-step.ts';
import type { HistoryEvent, RunView } from './run-view.ts';

/** Steps that begin together are scheduled within this time, and not always in the order of their events. */
const TOGETHER_MS = 2;

/** The activities that begin among these events of the run, in the order of the events. */
export async function stepsAmong(events: readonly HistoryEvent[], run: RunView): Promise<TimelineStep[]> {
  const begun = events.filter((event) => isLocalStep(event) || event.activityTaskScheduledEventAttributes);
  const steps = await Promise.all(begun.map((event) => stepOf(event, run)));
  return steps.map((step, index) => endedBefore(steps.slice(index + 1).find(beginsAfter(step)), step));
}

async function stepOf(event: HistoryEvent, run: RunView): Promise<TimelineStep> {
  const step = await (isLocalStep(event) ? localStep(event, run) : durableStep(event, run));
  const summary = await decodeOptionalSinglePayload<unknown>(run.converter, event.userMetadata?.summary);
  return { ...step, summary: typeof summary === 'string' ? summary : step.name };
}

function beginsAfter({ startedAt }: TimelineStep): (other: TimelineStep) => boolean {
  return (other) => Date.parse(other.startedAt) - Date.parse(startedAt) > TOGETHER_MS;
}

/** No event tells when a local step ended, only when that was recorded; the next step began after it. */
function endedBefore(next: TimelineStep | undefined, step: TimelineStep): TimelineStep {
  const late = step.kind === 'local' && next !== undefined && (step.completedAt ?? '') > next.startedAt;
  return late ? { ...step, completedAt: next.startedAt } : step;
}
