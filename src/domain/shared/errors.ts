import type { Provider } from './provider.ts';
import { adviceFor, PROVIDER_FAILURES, type ProviderFailureReason } from './provider-failures.ts';

/** Every way in which a request or a turn can fail. The HTTP status of each stands in `src/http/kernel/lib/error-table.ts`. */
export const ERROR_KINDS = [
  'invalid_request',
  'method_not_allowed',
  'unsupported_media_type',
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'turn_cancelled',
  'already_exists',
  'transcription_not_ready',
  'transcript_too_large',
  'payload_too_large',
  'idempotency_key_reused',
  'rate_limit_exceeded',
  'queue_full',
  'provider_error',
  'unavailable',
  'turn_in_progress',
  'context_changed',
  'internal_error',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export type ErrorDetails = Record<string, unknown>;

/**
 * An expected failure. `message` is public and says what to do about it; `details` are public facts for programs.
 * `retryAfterMs`, where known, is how long to wait before the next try.
 */
export class AskError extends Error {
  readonly kind: ErrorKind;
  readonly details: ErrorDetails | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    options: { details?: ErrorDetails; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AskError';
    this.kind = kind;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A 400 that names the field and what is wrong with it. */
export function invalidField(field: string, reason: string): AskError {
  return new AskError('invalid_request', `${field}: ${reason}`, { details: { field, reason } });
}

export function notFound(what: string, id: string): AskError {
  return new AskError(
    'not_found',
    `No ${what} ${id} is visible to this key. Check the id and the key's project and mode.`,
  );
}

/** Something else has this external id. @param id of what has it */
export function alreadyExists(what: string, id: string): AskError {
  return new AskError(
    'already_exists',
    `The ${what} ${id} has this external_id already. Use it, or send the request with ?upsert=true to change it.`,
    { details: { id } },
  );
}

/** A dependency is down; repeating the request is safe. */
export function unavailable(dependency: string, cause?: unknown): AskError {
  return new AskError(
    'unavailable',
    `${dependency} is not reachable right now. Nothing was lost; repeat the request shortly.`,
    {
      details: { dependency },
      retryAfterMs: 1000,
      cause,
    },
  );
}

/** A dependency that asks for a pause. Temporal tries again after exactly this long. */
export function askedToWait(dependency: string, retryAfterMs: number): AskError {
  return new AskError(
    'unavailable',
    `${dependency} takes no more requests right now. Nothing was lost; repeat the request later.`,
    { details: { dependency, rate_limited: true }, retryAfterMs },
  );
}

/** A dependency that takes this request at no time: a setting or the request itself is wrong, so nothing tries it again. */
export function refusedBy(dependency: string, status: number, remedy: string): AskError {
  return new AskError('internal_error', `${dependency} refused a request (HTTP ${status}). ${remedy}`, {
    details: { dependency, status, retryable: false },
  });
}

/**
 * A model call that failed. `retryable` decides whether Temporal tries it again; what the table of failures says where
 * nobody knows better.
 */
export function providerFailure(
  provider: Provider,
  reason: ProviderFailureReason,
  options: { retryable?: boolean; retryAfterMs?: number; status?: number; cause?: unknown } = {},
): AskError {
  const { retryable = PROVIDER_FAILURES[reason].retried, retryAfterMs, status, cause } = options;
  const message = `The ${provider} model gave no answer (${reason.replaceAll('_', ' ')}). ${adviceFor(provider, reason, retryAfterMs)}`;
  return new AskError('provider_error', message, {
    details: { provider, reason, retryable, ...(status === undefined ? {} : { status }) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}
