import proto from '@temporalio/proto';
import type { TimelineStep } from '../../../ports/ask/turn-timeline.ts';
import { type HistoryEvent, isoTime, type RunView } from './run-view.ts';
import { stepFailure } from './step-failure.ts';

const { PendingActivityState } = proto.temporal.api.enums.v1;
type Pending = RunView['pending'][number] | undefined;

/** An activity of the task queue, from its events; and while it runs, from what the server knows beside them. */
export async function durableStep(scheduled: HistoryEvent, run: RunView): Promise<Omit<TimelineStep, 'summary'>> {
  const { activityType, activityId } = scheduled.activityTaskScheduledEventAttributes ?? {};
  const events = run.events.filter((event) => scheduledBy(event) === String(scheduled.eventId));
  const started = events.find((event) => event.activityTaskStartedEventAttributes);
  const end = events.find(isEnd) ?? events.find((event) => event.activityTaskCancelRequestedEventAttributes);
  const pending = end === undefined ? run.pending.find((activity) => activity.activityId === activityId) : undefined;
  const startedAt = isoTime(scheduled.eventTime);
  const completedAt = end ? isoTime(end.eventTime) : (run.closedAt?.toISOString() ?? null);
  const lastBegin = started?.eventTime ?? (isRunning(pending) ? pending?.lastStartedTime : null);
  return {
    name: activityType?.name ?? '',
    kind: 'durable',
    startedAt,
    completedAt,
    waitedMs: msBetween(startedAt, lastBegin ? isoTime(lastBegin) : completedAt),
    attempts: started?.activityTaskStartedEventAttributes?.attempt ?? pending?.attempt ?? 0,
    status: statusOf(end, pending, run),
    failure: await stepFailure(run.converter, failureIn(events) ?? pending?.lastFailure),
  };
}

/** The id of the event that scheduled the activity of this event. */
function scheduledBy(event: HistoryEvent): string | null {
  const attributes =
    event.activityTaskStartedEventAttributes ??
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCancelRequestedEventAttributes ??
    event.activityTaskCanceledEventAttributes;
  return attributes ? String(attributes.scheduledEventId) : null;
}

function isEnd(event: HistoryEvent): boolean {
  return !event.activityTaskStartedEventAttributes && !event.activityTaskCancelRequestedEventAttributes;
}

/** The failure that ended it, or that of the attempt before the one that succeeded. */
function failureIn(events: readonly HistoryEvent[]) {
  const failures = events.map(
    (event) =>
      event.activityTaskFailedEventAttributes?.failure ??
      event.activityTaskTimedOutEventAttributes?.failure ??
      event.activityTaskStartedEventAttributes?.lastFailure,
  );
  return failures.findLast((failure) => failure);
}

function statusOf(end: HistoryEvent | undefined, pending: Pending, run: RunView): TimelineStep['status'] {
  if (end?.activityTaskCompletedEventAttributes) return 'completed';
  if (end?.activityTaskFailedEventAttributes || end?.activityTaskTimedOutEventAttributes) return 'failed';
  if (end !== undefined || run.closedAt !== null) return 'cancelled';
  return (pending?.attempt ?? 1) > 1 && !isRunning(pending) ? 'retrying' : 'running';
}

function isRunning(pending: Pending): boolean {
  return pending?.state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
}

/** Until now if it has not ended. */
function msBetween(start: string, end: string | null): number {
  return Math.max(0, (end === null ? Date.now() : Date.parse(end)) - Date.parse(start));
}
