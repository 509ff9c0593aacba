import type { z } from 'zod';
import { type AskError, invalidField } from '../../domain/errors.ts';

/** Validates with a schema. @throws AskError `invalid_request` naming the first bad field by its dotted path. */
export function validated(schema: z.ZodType, value: unknown, root: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(parsed.error.issues[0], root);
}

function problem(issue: z.core.$ZodIssue | undefined, root: string): AskError {
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    return invalidField([...path, issue.keys[0]].join('.'), 'is not a known field; leave it out');
  }
  return invalidField(path.join('.') || root, reasonOf(issue));
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type' && issue.input === undefined) return 'is required';
  return issue?.message ?? 'is not valid';
}
