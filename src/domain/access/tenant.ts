import type { EndUserId, ProjectId } from '../shared/ids.ts';

export const MODES = ['live', 'test'] as const;
export type Mode = (typeof MODES)[number];

/** Whose data a caller may see: one project's live or test data, narrowed to one end user for an end-user-scoped key. */
export interface Tenant {
  projectId: ProjectId;
  mode: Mode;
  endUserId: EndUserId | null;
}

/** What every stored resource says about its owner. */
export interface Owned {
  projectId: ProjectId;
  mode: Mode;
  endUserId: EndUserId;
}

/** The one rule of tenancy: another project's, mode's or end user's resource does not exist for this tenant. */
export function owns(tenant: Tenant, resource: Owned): boolean {
  return (
    tenant.projectId === resource.projectId &&
    tenant.mode === resource.mode &&
    (tenant.endUserId === null || tenant.endUserId === resource.endUserId)
  );
}

/** The tenant narrowed to one end user: the fence around everything that reaches a prompt. */
export function narrowToEndUser(tenant: Tenant, endUserId: EndUserId): Tenant & { endUserId: EndUserId } {
  return { projectId: tenant.projectId, mode: tenant.mode, endUserId };
}

export const SCOPES = [
  'ask:read',
  'ask:write',
  'traces:read',
  'recordings:read',
  'recordings:write',
  'transcriptions:read',
  'transcriptions:write',
  'end_users:read',
  'end_users:write',
] as const;
export type Scope = (typeof SCOPES)[number];
