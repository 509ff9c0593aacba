import { z } from 'zod';
import type { Id, IdPrefix } from '../../../domain/shared/ids.ts';

/** Parts of stored documents, parsed on their way out of the database. */

export const id = <P extends IdPrefix>(prefix: P) =>
  z.custom<Id<P>>((value) => typeof value === 'string' && value.startsWith(`${prefix}_`));

/** ISO 8601 UTC with milliseconds: sorts as text as it does in time. */
export const timestamp = z.string();

export const mode = z.enum(['live', 'test']);

export const owner = { projectId: id('prj'), mode, endUserId: id('eu') };
