import type { ErrorObject } from './wire-types.ts';

/** The client's own codes: nobody answered, or another kind of server answered. */
const OWN_CODES = new Set(['unreachable', 'unknown']);

/** The error of a response, or of a turn that failed while its answer was streamed. */
export class ApiError extends Error {
  /** The HTTP status; 0 where there was no answer at all. */
  readonly status: number;
  readonly error: ErrorObject;
  /** How long the service asks to wait; null when it does not say. */
  readonly retryAfterS: number | null;

  constructor(status: number, error: ErrorObject, retryAfterS: number | null = null) {
    super(OWN_CODES.has(error.code) ? error.message : `${error.message} (${error.code})`);
    this.status = status;
    this.error = error;
    this.retryAfterS = retryAfterS;
  }

  get code(): string {
    return this.error.code;
  }

  get details(): Record<string, unknown> {
    return this.error.details ?? {};
  }
}

/** The error of a turn that failed in its stream: as a response it would be a 502. */
export function turnError(error: ErrorObject): ApiError {
  return new ApiError(502, error);
}
