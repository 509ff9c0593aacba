import { invalidField } from '../../../domain/shared/errors.ts';

const MAX_DEPTH = 32;

/**
 * Refuses what no field may hold, before a schema reads it: text that is not well-formed Unicode or contains NUL
 * (the stores cannot keep it), nesting that would exhaust a recursive reader, and keys that reach for a prototype.
 * Walks with a list instead of recursion, for the same reason.
 */
export function assertPlainData(root: unknown): void {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { value, path, depth } = item;
    if (typeof value === 'string') assertPlainText(value, path || 'body');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) throw invalidField(firstOf(path), `must not be nested deeper than ${MAX_DEPTH} levels`);
    for (const [key, inner] of Object.entries(value)) {
      assertPlainKey(key, path || 'body');
      waiting.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
    }
  }
}

export function assertPlainText(text: string, field: string): void {
  if (!text.isWellFormed()) throw invalidField(field, 'is not well-formed Unicode; a surrogate stands alone');
  if (text.includes('\u0000')) throw invalidField(field, 'must not contain the character NUL');
}

function assertPlainKey(key: string, parent: string): void {
  if (key === '__proto__') throw invalidField(parent, 'must not contain the key __proto__');
  assertPlainText(key, parent);
}

function firstOf(path: string): string {
  return path.split('.', 1)[0] || 'body';
}
