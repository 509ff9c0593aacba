import type { z } from 'zod';
import type { errorObject } from '../../http/kernel/schemas/error-schemas.ts';

/** The error object of a response, or of a turn that failed while its answer was streamed. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor({ code, message, details }: z.infer<typeof errorObject>) {
    super(`${message} (${code})`);
    this.code = code;
    this.details = details ?? {};
  }
}
