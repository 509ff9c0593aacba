import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { instant } from '../../../http/kernel/schemas/field-schemas.ts';

/** A commander argument parser that takes what the schema takes. */
export function parseWith<T>(schema: z.ZodType<T>): (value: string) => T {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'is not valid');
  };
}

/** A commander argument parser that takes a whole number from 1 on. */
export function countUpTo(most: number): (value: string) => number {
  return (value) => {
    if (/^[1-9]\d*$/.test(value) && Number(value) <= most) return Number(value);
    throw new InvalidArgumentError(`must be a whole number from 1 to ${most}`);
  };
}

/** A day, which begins at midnight in UTC, or a date and time with its offset. */
export const dayOrInstant = z.union([z.iso.date().transform((day) => `${day}T00:00:00.000Z`), instant], {
  error: 'must be a day such as 2026-05-12, or a date and time with an offset, such as 2026-05-12T09:30:00Z',
});
