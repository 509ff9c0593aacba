import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import type { TimelineStep } from '../../../ports/ask/turn-timeline.ts';
import { type HistoryEvent, isoTime, type RunView } from './run-view.ts';
import { stepFailure } from './step-failure.ts';

/** What the SDK's core records of a local activity. It never passes the codec. */
const localActivity = z.object({
  activity_type: z.string(),
  attempt: z.int(),
  original_schedule_time: z.object({ seconds: z.int(), nanos: z.int() }),
});

export function isLocalStep({ markerRecordedEventAttributes: marker }: HistoryEvent): boolean {
  return marker?.markerName === 'core_local_activity';
}

/** A local activity. It is in the history only once it has ended. */
export async function localStep(event: HistoryEvent, { converter }: RunView): Promise<Omit<TimelineStep, 'summary'>> {
  const { details, failure } = event.markerRecordedEventAttributes ?? {};
  const [payload] = details?.data?.payloads ?? [];
  const recorded = localActivity.parse(defaultPayloadConverter.fromPayload(payload ?? {}));
  const cancelled = failure?.canceledFailureInfo != null;
  return {
    name: recorded.activity_type,
    kind: 'local',
    startedAt: startOf(recorded),
    completedAt: isoTime(event.eventTime),
    waitedMs: 0,
    attempts: recorded.attempt,
    status: cancelled ? 'cancelled' : failure ? 'failed' : 'completed',
    failure: cancelled ? null : await stepFailure(converter, failure),
  };
}

function startOf({ original_schedule_time: { seconds, nanos } }: z.infer<typeof localActivity>): string {
  return new Date(seconds * 1000 + Math.floor(nanos / 1e6)).toISOString();
}
