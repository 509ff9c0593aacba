import type { Mode } from '../access/tenant.ts';
import type { Digest } from '../shared/digest.ts';
import { type EndUserId, type Id, type IdPrefix, idFromBytes, type ProjectId } from '../shared/ids.ts';

/** Where an external id is unique: within an end user, or, for end users themselves, within project and mode. */
export interface ExternalIdScope {
  projectId: ProjectId;
  mode: Mode;
  endUserId: EndUserId | null;
}

/**
 * The id of what has an external id. It follows from the external id, so that two creations meet on one document.
 * @param generation how many before it had the same external id and were deleted
 */
export function idOfExternal<P extends IdPrefix>(
  prefix: P,
  { projectId, mode, endUserId }: ExternalIdScope,
  externalId: string,
  generation: number,
  digest: Digest,
): Id<P> {
  return idFromBytes(prefix, digest(JSON.stringify([prefix, projectId, mode, endUserId, externalId, generation])));
}
