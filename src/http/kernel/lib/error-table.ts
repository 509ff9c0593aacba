import type { ErrorKind } from '../../../domain/shared/errors.ts';

/** The one place where a kind of failure becomes an HTTP status and a wire code. */
export const ERROR_TABLE = {
  invalid_request: { status: 400, code: 'invalid_request' },
  method_not_allowed: { status: 405, code: 'invalid_request' },
  unsupported_media_type: { status: 415, code: 'invalid_request' },
  unauthorized: { status: 401, code: 'unauthorized' },
  forbidden: { status: 403, code: 'forbidden' },
  not_found: { status: 404, code: 'not_found' },
  gone: { status: 410, code: 'gone' },
  turn_cancelled: { status: 409, code: 'turn_cancelled' },
  already_exists: { status: 409, code: 'already_exists' },
  transcription_not_ready: { status: 409, code: 'transcription_not_ready' },
  transcript_too_large: { status: 413, code: 'transcript_too_large' },
  payload_too_large: { status: 413, code: 'payload_too_large' },
  idempotency_key_reused: { status: 422, code: 'idempotency_key_reused' },
  rate_limit_exceeded: { status: 429, code: 'rate_limit_exceeded' },
  queue_full: { status: 429, code: 'rate_limit_exceeded' },
  provider_error: { status: 502, code: 'provider_error' },
  unavailable: { status: 503, code: 'unavailable' },
  turn_in_progress: { status: 504, code: 'turn_in_progress' },
  context_changed: { status: 503, code: 'unavailable' },
  internal_error: { status: 500, code: 'internal_error' },
} as const satisfies Record<ErrorKind, { status: number; code: string }>;
