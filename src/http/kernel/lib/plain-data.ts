import { invalidField } from '../../../domain/shared/errors.ts';

const MAX_DEPTH = 32;
/** The largest legal body holds about half as many: 16 KiB of metadata that is all commas and digits. */
const MAX_VALUES = 20_000;

/** A value and how it is reached. Its path is written out for an error alone, because that costs more than the rest. */
interface Place {
  value: object;
  key: string;
  parent: Place | null;
  depth: number;
}

/**
 * Refuses what no field may hold, before a schema reads it: text that is not well-formed Unicode or contains NUL
 * (the stores cannot keep it), nesting that would exhaust a recursive reader, more values than any field takes, and keys
 * that reach for a prototype. Walks with a list instead of recursion, for the same reason.
 */
export function assertPlainData(root: unknown): void {
  const waiting: Place[] = [];
  let values = 0;
  look(root, '', null);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) look(value[i], i, place);
    } else {
      for (const [key, inner] of Object.entries(value)) {
        if (key === '__proto__') throw invalidField(pathOf(place), 'must not contain the key __proto__');
        if (!isPlainText(key)) assertPlainText(key, pathOf(place));
        look(inner, key, place);
      }
    }
  }

  function look(value: unknown, key: string | number, parent: Place | null): void {
    if (++values > MAX_VALUES) throw invalidField(fieldOf(parent), `must not hold more than ${MAX_VALUES} values`);
    if (typeof value === 'string') {
      if (!isPlainText(value)) assertPlainText(value, pathOf({ key: String(key), parent }));
    } else if (typeof value === 'object' && value !== null) {
      const depth = (parent?.depth ?? -1) + 1;
      if (depth >= MAX_DEPTH) throw invalidField(fieldOf(parent), `must not be nested deeper than ${MAX_DEPTH} levels`);
      waiting.push({ value, key: String(key), parent, depth });
    }
  }
}

/** @throws AskError `invalid_request` */
export function assertPlainText(text: string, field: string): void {
  if (!text.isWellFormed()) throw invalidField(field, 'is not well-formed Unicode; a surrogate stands alone');
  if (text.includes('\u0000')) throw invalidField(field, 'must not contain the character NUL');
}

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function pathOf(place: Pick<Place, 'key' | 'parent'>): string {
  const keys: string[] = [];
  // The root has no name.
  for (let at = place; at.parent !== null; at = at.parent) keys.unshift(at.key);
  return keys.join('.') || 'body';
}

/** The field of the body that the place is in. */
function fieldOf(place: Place | null): string {
  return (place === null ? '' : pathOf(place)).split('.', 1)[0] || 'body';
}
