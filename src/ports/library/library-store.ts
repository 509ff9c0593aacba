import type { Tenant } from '../../domain/access/tenant.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import type { EndUser, Recording, RecordingStatus } from '../../domain/library/recording.ts';
import type { Segment, Transcription } from '../../domain/library/transcript.ts';
import type { ChunkId, EndUserId, RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { Page } from '../page.ts';

/** End users. An erased one is hidden from every read at once. */
export interface EndUserStore {
  create(endUser: EndUser): Promise<EndUser>;
  find(tenant: Tenant, id: EndUserId): Promise<EndUser | null>;
  list(
    tenant: Tenant,
    filter: { externalId?: string },
    page: { limit: number; after: EndUserId | null },
  ): Promise<Page<EndUser, EndUserId>>;
  hide(tenant: Tenant, id: EndUserId): Promise<boolean>;
  purge(tenant: Tenant, id: EndUserId): Promise<number>;
}

/** Recordings. A deleted one is hidden from every read at once. */
export interface RecordingStore {
  create(recording: Recording): Promise<Recording>;
  find(tenant: Tenant, id: RecordingId): Promise<Recording | null>;
  /** Newest first. */
  list(
    tenant: Tenant,
    filter: { endUserId?: EndUserId },
    page: { limit: number; offset: number },
  ): Promise<{ items: Recording[]; hasMore: boolean }>;
  update(
    tenant: Tenant,
    id: RecordingId,
    change: { status?: RecordingStatus; durationMs?: number; transcriptionId?: TranscriptionId },
  ): Promise<void>;
  hide(tenant: Tenant, id: RecordingId): Promise<boolean>;
  idsOf(tenant: Tenant, endUserId: EndUserId): Promise<RecordingId[]>;
  purge(tenant: Tenant, id: RecordingId): Promise<number>;
}

/** A chunk, and the recording that lets it be read. */
export type ReadableChunk = Chunk & { recording: Recording };

/** Some of a transcript's segments, in order; none beyond the last page. */
export interface SegmentPage {
  segments: Segment[];
  /** Pages of the transcript. */
  pageCount: number;
}

type Batches<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

/** Transcriptions with their segments (stored in pages, for a transcript may exceed one document) and their chunks. */
export interface TranscriptStore {
  /** Stores the transcription and its segments, which come in order and some at a time, unless they are there. */
  create(transcription: Transcription, batches: Batches<Segment>): Promise<Transcription>;
  find(tenant: Tenant, id: TranscriptionId): Promise<Transcription | null>;
  /** What readers of this recording see; null while it has none. */
  currentOf(recording: Recording): Promise<Transcription | null>;
  /** All segments in order. For what is shown in a prompt; what may be of any length is read page by page. */
  segments(tenant: Tenant, id: TranscriptionId): Promise<Segment[]>;
  /** One stored page, from 0, of at most 500 segments; null when the transcription is gone. */
  segmentPage(tenant: Tenant, id: TranscriptionId, page: number): Promise<SegmentPage | null>;
  setTokenCount(tenant: Tenant, id: TranscriptionId, tokens: number): Promise<void>;
  markCompleted(tenant: Tenant, id: TranscriptionId, at: string): Promise<void>;
  markFailed(tenant: Tenant, id: TranscriptionId, error: string): Promise<void>;
  idsOf(tenant: Tenant, recordingId: RecordingId): Promise<TranscriptionId[]>;
  /** Stores chunks unless they are there. */
  putChunks(tenant: Tenant, chunks: readonly Chunk[]): Promise<void>;
  /** One look-up by `_id` a chunk and one a recording; what is gone or another's is left out. */
  chunks(tenant: Tenant, ids: readonly ChunkId[]): Promise<ReadableChunk[]>;
  chunkIdsOf(tenant: Tenant, transcriptionId: TranscriptionId): Promise<ChunkId[]>;
  /** Removes the transcription, its segments and its chunks. @returns how many documents were removed. */
  purge(tenant: Tenant, id: TranscriptionId): Promise<number>;
}
