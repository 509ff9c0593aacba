import { z } from 'zod';
import type { Id, IdPrefix } from '../../../domain/shared/ids.ts';

/** Parts of stored documents. They are parsed when they are read. */

export const id = <P extends IdPrefix>(prefix: P) =>
  z.custom<Id<P>>((value) => typeof value === 'string' && value.startsWith(`${prefix}_`));

/** ISO 8601 UTC with milliseconds: its order as text is its order in time. */
export const timestamp = z.string();

export const mode = z.enum(['live', 'test']);

export const owner = { projectId: id('prj'), mode, endUserId: id('eu') };

/**
 * A value that is kept as JSON text: nothing in it means anything to a server, it is one value to FerretDB, and any JSON can be
 * kept (`ferretdb.ts`).
 */
export const jsonText = { type: String, set: (value: unknown) => (value === null ? null : JSON.stringify(value)) };

/** Such a value as it is read; documents of 0.1.0 may hold it as it is. */
export function fromJsonText<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === 'string' ? JSON.parse(value) : value), schema);
}
