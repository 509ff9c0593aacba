import type { Tenant } from '../../domain/access/tenant.ts';

/** The claim of one `Idempotency-Key` of a project and mode. */
export interface IdempotencyClaim {
  id: string;
  /** 16 random bytes as hex, chosen by the first request: every id of the request is derived from it. */
  seed: string;
  /** Whether the first request already had its outcome. */
  completed: boolean;
  /** Whether an earlier request made this claim. */
  replayed: boolean;
}

export interface IdempotencyStore {
  /**
   * Claims the key for this request for 24 hours, or finds the claim of the same request.
   * @param fingerprint SHA-256 of method, path and body.
   * @throws AskError `idempotency_key_reused` when another request holds the key.
   */
  claim(tenant: Tenant, key: string, fingerprint: string): Promise<IdempotencyClaim>;
  /** Notes that the request of this claim had its outcome. */
  complete(id: string): Promise<void>;
  /** Removes claims that nobody needs any more, where the database has no TTL index. @returns how many. */
  removeExpired(now: Date): Promise<number>;
}
