import type { Tenant } from '../../domain/access/tenant.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import type { ChunkId, EndUserId, RecordingId } from '../../domain/shared/ids.ts';

export interface PassageQuery {
  /** One or more wordings of what is looked for; their results are fused. */
  texts: readonly string[];
  /** If set, only these recordings. */
  recordingIds?: readonly RecordingId[];
  /** ISO 8601, inclusive. */
  recordedAfter?: string;
  /** ISO 8601, exclusive. */
  recordedBefore?: string;
  /** Recordings whose date in the index may be an old one: it does not shut them out. */
  redated?: readonly RecordingId[];
  limit: number;
}

/** A hit: ids and a score only. Its text is read from the transcript store, which rechecks the owner. */
export interface PassageHit {
  chunkId: ChunkId;
  recordingId: RecordingId;
  /** Relevance in [0, 1]; below the retriever's floor nothing is returned. */
  score: number;
  /** Of each index, comparable within that index alone; null where it did not propose the passage. */
  dense: number | null;
  sparse: number | null;
}

/** A tenant narrowed to one end user: retrieval never leaves it. */
export type EndUserTenant = Tenant & { endUserId: EndUserId };

/** The index of passages: one namespace per project, mode and end user. Throws AskError `unavailable` when it is away. */
export interface PassageRetriever {
  search(tenant: EndUserTenant, query: PassageQuery): Promise<PassageHit[]>;
  /** Adds or replaces chunks, idempotent on their ids. */
  upsert(tenant: EndUserTenant, chunks: readonly Chunk[]): Promise<void>;
  /** @returns the ids that the index does not yet serve; empty when all can be found. */
  missing(tenant: EndUserTenant, ids: readonly ChunkId[]): Promise<ChunkId[]>;
  remove(tenant: EndUserTenant, ids: readonly ChunkId[]): Promise<void>;
  /** Removes every passage of the end user. */
  removeAll(tenant: EndUserTenant): Promise<void>;
}
