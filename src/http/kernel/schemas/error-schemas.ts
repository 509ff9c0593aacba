import { z } from 'zod';
import { PROVIDER_FAILURES } from '../../../domain/shared/provider-failures.ts';

/** The list may grow: clients must take a reason that they do not know. */
const REASONS = `The \`reason\` of a \`provider_error\` is one of ${Object.keys(PROVIDER_FAILURES).join(', ')}, or another string.`;

export const errorObject = z
  .object({
    code: z.string().describe('For programs; see the list of codes in the description of this API.'),
    message: z.string().describe('For people: what to do about it.'),
    details: z.record(z.string(), z.unknown()).optional().describe(`For programs. ${REASONS}`),
  })
  .meta({ id: 'Error' });

export const errorBody = z.object({ error: errorObject }).meta({ id: 'ErrorBody' });
