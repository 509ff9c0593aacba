import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

/** A commander argument parser that takes what the schema takes. */
export function parseWith<T>(schema: z.ZodType<T>): (value: string) => T {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'is not valid');
  };
}
