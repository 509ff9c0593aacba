import { isNativeError } from 'node:util/types';
import { AskError, type ProviderFailureReason, providerFailure } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import { retryAfterMs, shouldRetry } from './retry-headers.ts';

/** A reply that was not a success, as an adapter reads it out of its SDK's error. */
export interface HttpFailure {
  status: number;
  headers: Headers;
  /** What the provider's error code says more exactly than its status; trying again would not help. */
  reason?: 'context_too_long' | 'refused' | 'authentication' | undefined;
  /** The wait that the body asks for, where the provider puts it there. */
  retryAfterMs?: number | undefined;
}

/**
 * The one place that decides what a failed model call means. The error carries neither the provider's text nor a cause,
 * for both may repeat the prompt, the address or the key.
 */
export function failureOf(
  provider: Provider,
  error: unknown,
  seen: { http: HttpFailure | null; timedOut: boolean },
): AskError {
  if (error instanceof AskError) return error;
  if (seen.http) return httpFailure(provider, seen.http);
  return providerFailure(provider, seen.timedOut ? 'timeout' : brokenReply(error), { retryable: true });
}

function httpFailure(provider: Provider, http: HttpFailure): AskError {
  const verdict = http.reason ? { reason: http.reason, retryable: false } : byStatus(http.status);
  const wait = retryAfterMs(http.headers, Date.now()) ?? http.retryAfterMs;
  return providerFailure(provider, verdict.reason, {
    retryable: shouldRetry(http.headers) ?? verdict.retryable,
    status: http.status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

interface Verdict {
  reason: ProviderFailureReason;
  retryable: boolean;
}

const VERDICTS: Partial<Record<number, Verdict>> = {
  401: { reason: 'authentication', retryable: false },
  402: { reason: 'permission', retryable: false },
  403: { reason: 'permission', retryable: false },
  404: { reason: 'model_not_found', retryable: false },
  408: { reason: 'timeout', retryable: true },
  // The providers answer 409 when another request holds a lock.
  409: { reason: 'overloaded', retryable: true },
  413: { reason: 'context_too_long', retryable: false },
  429: { reason: 'rate_limited', retryable: true },
  503: { reason: 'overloaded', retryable: true },
  504: { reason: 'timeout', retryable: true },
  529: { reason: 'overloaded', retryable: true },
};

function byStatus(status: number): Verdict {
  const known = VERDICTS[status];
  if (known) return known;
  return status >= 500 ? { reason: 'server_error', retryable: true } : { reason: 'bad_request', retryable: false };
}

/** A body that is no JSON, or a connection that broke. */
function brokenReply(error: unknown): ProviderFailureReason {
  return isNativeError(error) && error.name === 'SyntaxError' ? 'malformed_reply' : 'connection';
}
