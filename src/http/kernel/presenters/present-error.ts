import type { z } from 'zod';
import type { TurnError } from '../../../domain/ask/turn.ts';
import { ERROR_TABLE } from '../lib/error-table.ts';
import type { errorObject } from '../schemas/error-schemas.ts';

/** The error object of a response body and of a failed turn. Nothing of an unexpected error shows. */
export function presentError({ kind, message, details }: TurnError): z.infer<typeof errorObject> {
  const { code } = ERROR_TABLE[kind];
  if (kind === 'internal_error') return { code, message: 'Something unexpected went wrong on our side. Try again.' };
  return { code, message, ...(details === undefined ? {} : { details }) };
}
