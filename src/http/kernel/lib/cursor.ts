import type { z } from 'zod';
import { invalidField } from '../../../domain/shared/errors.ts';

/** Cursors are opaque to clients: the JSON of a place in a list, as base64url, checked when it comes back. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws AskError `invalid_request` for anything that is not a cursor of this list. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | null {
  if (cursor === undefined) return null;
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidField('cursor', 'is not a cursor of this list; pass next_cursor as it was given');
  return parsed.data;
}

/** The envelope of a page. */
export function envelope<T, V, C>(page: { items: T[]; next: C | null }, present: (item: T) => V) {
  return {
    data: page.items.map(present),
    has_more: page.next !== null,
    next_cursor: page.next === null ? null : encodeCursor(page.next),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
