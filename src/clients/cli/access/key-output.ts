import type { ApiKey, Project } from '../../../ports/access/key-store.ts';

/** A key as `--json` shows it, without its secret. */
export function presentKey(key: ApiKey, project: Project) {
  return {
    id: key.id,
    project: project.name,
    project_id: project.id,
    mode: key.mode,
    end_user_id: key.endUserId,
    scopes: key.scopes,
    hint: key.hint,
    created_at: key.createdAt,
    created_by: key.createdBy,
    last_used_at: key.lastUsedAt,
    revoked_at: key.revokedAt,
  };
}

/** A new key with its secret, which is shown only now. */
export function presentNewKey(key: ApiKey, project: Project, secret: string) {
  return { ...presentKey(key, project), key: secret };
}

/** The rows of a table of keys. The first row is the head. */
export function rowsOf(keys: readonly { key: ApiKey; project: Project }[]): string[][] {
  return [
    ['ID', 'PROJECT', 'MODE', 'KEY', 'END USER', 'SCOPES', 'LAST USED', 'REVOKED'],
    ...keys.map(({ key, project }) => [
      key.id,
      project.name,
      key.mode,
      `${key.hint}…`,
      key.endUserId ?? 'all',
      key.scopes?.join(',') ?? 'all',
      key.lastUsedAt ?? 'never',
      key.revokedAt ?? '',
    ]),
  ];
}
