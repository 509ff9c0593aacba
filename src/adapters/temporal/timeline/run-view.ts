import type { LoadedDataConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';

export type HistoryEvent = NonNullable<History['events']>[number];

/** What the server tells of a run. */
export interface RunView {
  events: readonly HistoryEvent[];
  /** Activities that have not ended. */
  pending: readonly temporal.api.workflow.v1.IPendingActivityInfo[];
  closedAt: Date | null;
  /** Reads what the worker wrote, which may be encrypted. */
  converter: LoadedDataConverter;
}

/** ISO 8601. */
export function isoTime(time: HistoryEvent['eventTime']): string {
  return new Date(tsToMs(time)).toISOString();
}
