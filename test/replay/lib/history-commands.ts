import { type DataConverter, defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';
import type { LogEntry } from './command-log.ts';
import { delayOf } from './milliseconds.ts';

type Sent = Extract<LogEntry, { sent: string }>;
type Event = temporal.api.history.v1.IHistoryEvent;
type Payloads = readonly Payload[] | null | undefined;

/** Events behind which a run makes no further command. */
const CLOSING = [
  'workflowExecutionCompletedEventAttributes',
  'workflowExecutionFailedEventAttributes',
  'workflowExecutionCanceledEventAttributes',
  'workflowExecutionTerminatedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
] as const;

/** Commands whose events tell what they carried. */
export const COMPARED_WITH_HISTORY: ReadonlySet<string> = new Set([
  'scheduleActivity',
  'startChild',
  'continueAsNew',
  'upsertSearchAttributes',
]);

/** Those commands of a history, in order, and whether the run may go on. */
export async function sentInHistory(
  { events }: History,
  { payloadCodecs = [] }: DataConverter,
): Promise<{ sent: Sent[]; open: boolean }> {
  const sent: Sent[] = [];
  for (const event of events ?? []) {
    const entry = await command(event);
    if (entry !== null) sent.push(entry);
  }
  const last = events?.at(-1);
  return { sent, open: !CLOSING.some((kind) => last?.[kind]) };

  async function command(event: Event): Promise<Sent | null> {
    const activity = event.activityTaskScheduledEventAttributes;
    if (activity) {
      const of = activity.activityType?.name ?? '';
      return { sent: 'scheduleActivity', of, carries: await values(activity.input?.payloads) };
    }
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (child) {
      const of = `${child.workflowType?.name} ${child.workflowId}`;
      return { sent: 'startChild', of, carries: await values(child.input?.payloads) };
    }
    const next = event.workflowExecutionContinuedAsNewEventAttributes;
    if (next) {
      const of = next.workflowType?.name ?? '';
      const carries = await values(next.input?.payloads);
      return { sent: 'continueAsNew', of, carries, ...delayOf(next.backoffStartInterval) };
    }
    const indexed = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
    // The SDK writes this one by itself, for each patch.
    if (!indexed || 'TemporalChangeVersion' in indexed) return null;
    const keys = Object.keys(indexed).sort();
    const found = await values(keys.map((key) => indexed[key] as Payload));
    return {
      sent: 'upsertSearchAttributes',
      carries: Object.fromEntries(keys.map((key, index) => [key, found[index]])),
    };
  }

  async function values(payloads: Payloads): Promise<unknown[]> {
    let decoded: Payload[] = [...(payloads ?? [])];
    for (const codec of payloadCodecs) decoded = await codec.decode(decoded);
    return decoded.map((payload) => defaultPayloadConverter.fromPayload(payload));
  }
}
