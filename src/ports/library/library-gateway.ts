import type { Tenant } from '../../domain/access/tenant.ts';
import type { EraseTarget } from '../../domain/shared/erase-target.ts';
import type { TranscriptionId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from './passage-retriever.ts';

/** The workflows over a library: indexing and erasure. */
export interface LibraryGateway {
  startIndexing(tenant: EndUserTenant, transcriptionId: TranscriptionId): Promise<void>;
  /** For operators, who may see every tenant: how many chunks are `done` of a step; null when it cannot be told. */
  indexingProgress(transcriptionId: TranscriptionId): Promise<{ step: string; done: number; total: number } | null>;
  /** Once this returns the erasure will be done, whatever happens to this process. */
  startErasure(tenant: Tenant, target: EraseTarget): Promise<void>;
  /** Waits for the end of an erasure as long as a request may; it goes on without the request. */
  awaitErasure(id: EraseTarget['id']): Promise<void>;
}
