import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { LAST_OUTCOME, LAST_PROVIDER, type TurnSnapshot } from '../contract.ts';

/** Shows in the search attributes what the last turn came to. Each upsert is an event of the history: only a change is written. */
export function showOutcome({ turn, result }: TurnSnapshot): void {
  if (turn === null) return;
  const shown = workflowInfo().typedSearchAttributes;
  const provider = result?.message.provider ?? turn.error?.details?.provider;
  const changes = [
    { key: LAST_OUTCOME, value: turn.status },
    ...(typeof provider === 'string' ? [{ key: LAST_PROVIDER, value: provider }] : []),
  ].filter(({ key, value }) => shown.get(key) !== value);
  if (changes.length > 0) upsertSearchAttributes(changes);
}
