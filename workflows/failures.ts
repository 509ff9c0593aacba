import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { TurnError } from '../src/domain/ask/turn.ts';
import { type AskError, ERROR_KINDS, type ErrorDetails, type ErrorKind } from '../src/domain/shared/errors.ts';

/** The one bridge between domain errors and Temporal failures: the failure's `type` is the kind, `details[0]` the public facts. */

interface FailureFacts {
  version: 1;
  message: string;
  details?: ErrorDetails;
  retryAfterMs?: number;
}

/** Kinds that may pass by themselves, so that a later attempt may succeed, unless the details of the error say. */
const TRANSIENT: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unavailable', 'internal_error']);

const NO_REPLY: TurnError = {
  kind: 'unavailable',
  message: 'A step of this turn got no reply in time. Nothing was lost; repeat the request shortly.',
  retryAfterMs: 1_000,
};

export function toFailure(error: AskError): ApplicationFailure {
  const verdict = error.details?.retryable;
  const retryable = typeof verdict === 'boolean' ? verdict : TRANSIENT.has(error.kind);
  const isToldToWait = error.kind === 'provider_error' || error.details?.rate_limited === true;
  const facts: FailureFacts = {
    version: 1,
    message: error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
  return ApplicationFailure.create({
    type: error.kind,
    message: error.message,
    nonRetryable: !retryable,
    details: [facts],
    // Only the wish of who was called counts here. Other hints are for HTTP clients; the retry policy covers those.
    ...(isToldToWait && error.retryAfterMs !== undefined ? { nextRetryDelay: error.retryAfterMs } : {}),
  });
}

/**
 * The innermost domain failure behind whatever Temporal threw. A step that timed out is
 * `unavailable`: a dependency did not reply, or its worker died. Anything unexpected is `internal_error`.
 */
export function fromFailure(error: unknown): TurnError {
  const failure = innermost(error);
  if (failure === undefined && hasTimedOut(error)) return NO_REPLY;
  if (failure === undefined) return { kind: 'internal_error', message: 'Something unexpected went wrong. Try again.' };
  const facts = factsOf(failure);
  return {
    kind: failure.type as ErrorKind,
    message: facts?.message ?? failure.message,
    ...(facts?.details === undefined ? {} : { details: facts.details }),
    ...(facts?.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
  };
}

/** Whether a failed activity may still succeed when it is tried for longer. */
export function isTransient(error: unknown): boolean {
  const failure = innermost(error);
  return failure === undefined || failure.nonRetryable !== true;
}

function innermost(error: unknown): ApplicationFailure | undefined {
  let found: ApplicationFailure | undefined;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure && isKind(cause.type)) found = cause;
  }
  return found;
}

function hasTimedOut(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TimeoutFailure) return true;
  }
  return false;
}

function factsOf(failure: ApplicationFailure): FailureFacts | undefined {
  const facts = failure.details?.[0] as FailureFacts | undefined;
  return facts?.version === 1 ? facts : undefined;
}

function isKind(type: string | null | undefined): type is ErrorKind {
  return (ERROR_KINDS as readonly string[]).includes(type ?? '');
}
