import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { LAST_OUTCOME, LAST_PROVIDER, type TurnSnapshot } from '../contract.ts';

/**
 * Shows in the search attributes what the last turn came to. Each upsert is an event of the history, so only a change is
 * written. A run that was started without an outcome has no such events: older runs must replay without them.
 */
export function showOutcome({ turn, result }: TurnSnapshot): void {
  const shown = workflowInfo().typedSearchAttributes;
  if (turn === null || shown.get(LAST_OUTCOME) === undefined) return;
  const provider = result?.message.provider ?? turn.error?.details?.provider;
  const changes = [
    { key: LAST_OUTCOME, value: turn.status },
    ...(typeof provider === 'string' ? [{ key: LAST_PROVIDER, value: provider }] : []),
  ].filter(({ key, value }) => shown.get(key) !== value);
  if (changes.length > 0) upsertSearchAttributes(changes);
}
