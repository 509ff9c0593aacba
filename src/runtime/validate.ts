import type { z } from 'zod';
import { type AskError, invalidField } from '../domain/shared/errors.ts';

/**
 * Validates with a schema. @throws AskError `invalid_request` naming the first bad field by its dotted path.
 * @param root the name of the value as a whole
 * @param at the dotted path to the value, where it is part of a larger one
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, root: string, at = ''): z.output<S> {
  // The input tells a missing field from one of the wrong type.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw problem(parsed.error.issues[0], root, at);
}

function problem(issue: z.core.$ZodIssue | undefined, root: string, at: string): AskError {
  const path = [...(at === '' ? [] : [at]), ...(issue?.path ?? [])];
  if (issue?.code === 'unrecognized_keys') {
    return invalidField([...path, issue.keys[0]].join('.'), 'is not a known field; leave it out');
  }
  return invalidField(path.join('.') || root, reasonOf(issue));
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type' && issue.input === undefined) return 'is required';
  return issue?.message ?? 'is not valid';
}
