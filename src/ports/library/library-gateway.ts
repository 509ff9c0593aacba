import type { Tenant } from '../../domain/access/tenant.ts';
import type { EraseTarget } from '../../domain/library/erase-target.ts';
import type { RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from './passage-retriever.ts';

/** The workflows over a library: indexing and erasure. */
export interface LibraryGateway {
  startIndexing(tenant: EndUserTenant, transcriptionId: TranscriptionId): Promise<void>;
  /** Brings the date of a recording to the index; once this returns it will be done. */
  startRedating(tenant: EndUserTenant, recordingId: RecordingId): Promise<void>;
  /** For operators, who may see every tenant: how many chunks are `done` of a step; null when it cannot be told. */
  indexingProgress(transcriptionId: TranscriptionId): Promise<{ step: string; done: number; total: number } | null>;
  /** Once this returns the erasure will be done, whatever happens to this process. */
  startErasure(tenant: Tenant, target: EraseTarget): Promise<StartedRun>;
}

/** Work in the background. */
export interface StartedRun {
  /** Resolves at its end, or after as long as a request may wait. */
  ended: Promise<void>;
}
