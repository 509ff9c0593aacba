import type { Owned } from '../../domain/access/tenant.ts';
import type { EraseTarget } from '../../domain/library/erase-target.ts';

/** What was deleted, and is hidden since, but is not erased yet. */
export interface PendingErasures {
  /** Those of every project. */
  list(): Promise<{ tenant: Owned; target: EraseTarget }[]>;
}
