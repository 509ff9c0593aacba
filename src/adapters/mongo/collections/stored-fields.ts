import { z } from 'zod';
import type { Id, IdPrefix } from '../../../domain/shared/ids.ts';

/** Parts of stored documents. They are parsed when they are read. */

export const id = <P extends IdPrefix>(prefix: P) =>
  z.custom<Id<P>>((value) => typeof value === 'string' && value.startsWith(`${prefix}_`));

/** ISO 8601 UTC with milliseconds: its order as text is its order in time. */
export const timestamp = z.string();

export const mode = z.enum(['live', 'test']);

export const owner = { projectId: id('prj'), mode, endUserId: id('eu') };
