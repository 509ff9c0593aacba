import { type LoadedDataConverter, type ProtoFailure, TimeoutFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import { fromFailure } from '../../../../workflows/failures.ts';
import { isProviderFailureReason } from '../../../domain/shared/provider-failures.ts';
import type { StepFailure } from '../../../ports/ask/turn-timeline.ts';

/** What class of failure stands in an event; its texts stay behind. */
export async function stepFailure(
  converter: LoadedDataConverter,
  failure: ProtoFailure | null | undefined,
): Promise<StepFailure | null> {
  const error = await decodeOptionalFailureToOptionalError(converter, failure);
  if (error === undefined) return null;
  const { kind, details } = fromFailure(error);
  const reason = details?.reason;
  return { kind, reason: isProviderFailureReason(reason) ? reason : timeoutOf(error) };
}

function timeoutOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof TimeoutFailure) return `${(error.timeoutType ?? 'step').toLowerCase()}_timeout`;
  return timeoutOf(error.cause);
}
