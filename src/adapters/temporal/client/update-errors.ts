import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { QUEUE_FULL, SESSION_ROTATING } from '../../../../workflows/contract.ts';
import { AskError, unavailable } from '../../../domain/shared/errors.ts';

/** What an update came to, where it did not come to a receipt. */
export type UpdateFailure =
  | 'rotating'
  | 'unprocessed'
  | 'queue_full'
  | 'timed_out'
  | 'interrupted'
  | 'unreachable'
  | 'not_found';

/** The server's name for an update that no worker began, because the workflow task that carried it was lost. */
const UNPROCESSED = 'UnprocessedUpdate';
/** gRPC's RESOURCE_EXHAUSTED: for an update, more of them at once than the server takes for one workflow. */
const EXHAUSTED = 8;

/** By class and failure type only: messages and codes differ between the transports. */
export function classifyUpdateError(error: unknown): UpdateFailure {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'timed_out';
  if (error instanceof WorkflowNotFoundError) return 'not_found';
  if (error instanceof WorkflowUpdateFailedError) {
    const type = error.cause instanceof ApplicationFailure ? error.cause.type : undefined;
    if (type === SESSION_ROTATING) return 'rotating';
    if (type === UNPROCESSED) return 'unprocessed';
    // Anything else is a run that an operator or a reset cut off under the turn.
    return type === QUEUE_FULL ? 'queue_full' : 'interrupted';
  }
  if (transportCode(error) === EXHAUSTED) return 'queue_full';
  if (isUnreachable(error)) return 'unreachable';
  throw error;
}

/** Runs a Temporal call; a server that does not answer becomes `unavailable`. */
export async function callTemporal<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AskError) throw error;
    if (isUnreachable(error)) throw unavailable('Temporal', error);
    throw error;
  }
}

/** Whether the server did not answer, or not in time. */
export function isUnreachable(error: unknown): boolean {
  return transportCode(error) !== undefined;
}

/** The gRPC status behind an error. The client's workflow calls wrap the transport's error, others do not. */
function transportCode(error: unknown): number | undefined {
  const transport = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(transport) ? transport.code : undefined;
}
