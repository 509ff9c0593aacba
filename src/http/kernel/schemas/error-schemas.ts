import { z } from 'zod';

export const errorObject = z
  .object({
    code: z.string().describe('For programs; see the list of codes in the description of this API.'),
    message: z.string().describe('For people: what to do about it.'),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Error' });

export const errorBody = z.object({ error: errorObject }).meta({ id: 'ErrorBody' });
