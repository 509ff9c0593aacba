import type { z } from 'zod';
import type { EndUser } from '../../../domain/library/recording.ts';
import type { endUser } from '../schemas/library-schemas.ts';

export function presentEndUser(e: EndUser): z.infer<typeof endUser> {
  return {
    id: e.id,
    external_id: e.externalId,
    name: e.name,
    metadata: e.metadata,
    created_at: e.createdAt,
  };
}
