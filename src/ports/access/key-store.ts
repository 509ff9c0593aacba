import type { Mode, Scope, Tenant } from '../../domain/access/tenant.ts';
import type { EndUserId, KeyId, ProjectId } from '../../domain/shared/ids.ts';
import type { Provider } from '../../domain/shared/provider.ts';
import type { EndUserTenant } from '../library/passage-retriever.ts';

/** What an operator sets for a whole project. */
export interface ProjectSettings {
  /** Whom to ask when a request pins no provider; null: the system's default. */
  defaultProvider: Provider | null;
  /** Whether the next provider is asked when the default one is down; null: as the system does. */
  providerFallback: boolean | null;
  /** Sessions are erased when nothing has happened in them for so many days; null keeps them. */
  askRetentionDays: number | null;
  /** In which zone questions are read that name none, an IANA name; null: UTC. */
  timezone: string | null;
  /** How many tokens of recordings a prompt holds at most; null: the system's. */
  contextTokens: number | null;
}

export interface Project extends ProjectSettings {
  id: ProjectId;
  name: string;
  createdAt: string;
}

export interface ApiKey {
  id: KeyId;
  projectId: ProjectId;
  mode: Mode;
  endUserId: EndUserId | null;
  /** null: a secret key, which may do everything. */
  scopes: readonly Scope[] | null;
  /** The first characters of the key, to recognise it by. */
  hint: string;
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** Who is asking: what a presented key stands for. */
export interface Principal {
  keyId: KeyId;
  tenant: Tenant;
  scopes: readonly Scope[] | null;
}

export interface KeyStore {
  /**
   * @returns the key and its secret, which is shown this once and stored only as a SHA-256 hash.
   * @throws AskError `not_found` when its end user was erased.
   */
  create(options: {
    projectId: ProjectId;
    mode: Mode;
    endUserId: EndUserId | null;
    scopes: readonly Scope[] | null;
    createdBy: string | null;
  }): Promise<{ key: ApiKey; secret: string }>;
  /** The principal of a presented secret; null when it is unknown or revoked. Never cached: a revocation holds at once. */
  authenticate(secret: string): Promise<Principal | null>;
  list(filter: { projectId?: ProjectId }): Promise<ApiKey[]>;
  /** @returns the revoked key; null when there is none. Idempotent. */
  revoke(id: KeyId): Promise<ApiKey | null>;
  /** Revokes every key that is scoped to this end user. */
  revokeOf(tenant: EndUserTenant): Promise<void>;
}

export interface ProjectStore {
  create(name: string): Promise<Project>;
  find(id: ProjectId): Promise<Project | null>;
  findByName(name: string): Promise<Project | null>;
  /** Oldest first. */
  list(): Promise<Project[]>;
  /** @returns the changed project; null when there is none. */
  update(id: ProjectId, change: Partial<ProjectSettings>): Promise<Project | null>;
}
