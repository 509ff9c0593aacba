import { z } from 'zod';

/** A setting that lists such values, separated by commas. */
export function listOf<T extends z.ZodType<unknown, string>>(schema: T) {
  return z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(schema));
}

/** A setting whose text is JSON of this form. */
export function jsonOf<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
