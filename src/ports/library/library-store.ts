import type { Tenant } from '../../domain/access/tenant.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import type { ImportState } from '../../domain/library/import-order.ts';
import type { EndUser, Recording, RecordingStatus, TranscriptOutline } from '../../domain/library/recording.ts';
import type { Segment, Transcription } from '../../domain/library/transcript.ts';
import type { ChunkId, EndUserId, RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { Page } from '../page.ts';
import type { EndUserTenant } from './passage-retriever.ts';

/** What has an external id: `isOwn` where the same request created it, perhaps in an earlier attempt. */
export interface Named<T> {
  item: T;
  isOwn: boolean;
}

/** Creation under an external id, which one thing at a time has. The id in `item` stands for the request; another one is given. */
interface NamedStore<T extends { externalId: string | null }> {
  /** Creates it unless something has its external id. */
  createNamed(item: T & { externalId: string }): Promise<Named<T>>;
  /** What has its external id; null when nothing has. */
  findNamed(item: T & { externalId: string }): Promise<Named<T> | null>;
}

/** End users. An erased one is hidden from every read at once. */
export interface EndUserStore extends NamedStore<EndUser> {
  create(endUser: EndUser): Promise<EndUser>;
  find(tenant: Tenant, id: EndUserId): Promise<EndUser | null>;
  list(
    tenant: Tenant,
    filter: { externalId?: string },
    page: { limit: number; after: EndUserId | null },
  ): Promise<Page<EndUser, EndUserId>>;
  /** @returns the end user as it is then; null when it is gone. */
  revise(tenant: Tenant, id: EndUserId, change: Partial<Pick<EndUser, 'name' | 'metadata'>>): Promise<EndUser | null>;
  hide(tenant: Tenant, id: EndUserId): Promise<boolean>;
  purge(tenant: Tenant, id: EndUserId): Promise<number>;
}

export type RecordingOrder = 'created_at' | 'recorded_at';

export interface RecordingFilter {
  endUserId?: EndUserId;
  externalId?: string;
  /** In upper or lower case. */
  nameContains?: string;
  status?: RecordingStatus;
  /** ISO 8601, inclusive. */
  recordedAfter?: string;
  /** ISO 8601, exclusive. */
  recordedBefore?: string;
}

/** Where a page ends: the place of its last recording in either order. */
export type RecordingCursor = Pick<Recording, 'id' | 'createdAt' | 'startedAt'>;

export interface RecordingPageOptions {
  limit: number;
  order?: RecordingOrder;
  /** The page begins after so many, or after this place. */
  offset?: number;
  after?: RecordingCursor | null;
}

/** What people say of a recording, and may say anew. */
export type RecordingDetails = Pick<
  Recording,
  'name' | 'deviceId' | 'startedAt' | 'endedAt' | 'durationMs' | 'metadata'
>;

/** Recordings. A deleted one is hidden from every read at once. */
export interface RecordingStore extends NamedStore<Recording> {
  /** @throws AskError `not_found` when its end user is gone. */
  create(recording: Recording): Promise<Recording>;
  find(tenant: Tenant, id: RecordingId): Promise<Recording | null>;
  /** Those of the tenant, in no order and in one query. */
  findAll(tenant: Tenant, ids: readonly RecordingId[]): Promise<Recording[]>;
  /** Newest first, those without the date of the order last. */
  list(tenant: Tenant, filter: RecordingFilter, page: RecordingPageOptions): Promise<Page<Recording, RecordingCursor>>;
  update(
    tenant: Tenant,
    id: RecordingId,
    change: {
      status?: RecordingStatus;
      durationMs?: number;
      transcriptionId?: TranscriptionId;
      outline?: TranscriptOutline | null;
    },
  ): Promise<void>;
  /**
   * @param changeOf what changes of a recording that stands like this. It may throw, and is called again until its change is
   *   written while the recording still has the dates that it was given, and stands.
   * @returns the recording as it is then; null when it is gone.
   */
  revise(
    tenant: Tenant,
    id: RecordingId,
    changeOf: (standing: Recording) => Partial<RecordingDetails> | Promise<Partial<RecordingDetails>>,
  ): Promise<Recording | null>;
  hide(tenant: Tenant, id: RecordingId): Promise<boolean>;
  /** All that an end user has, in no order. */
  allOf(tenant: Tenant, endUserId: EndUserId): Promise<Recording[]>;
  idsOf(tenant: Tenant, endUserId: EndUserId): Promise<RecordingId[]>;
  purge(tenant: Tenant, id: RecordingId): Promise<number>;
}

/** The order of a recording's imports, and what became of each. Facts are inserted once and never change. */
export interface ImportStore {
  /** Gives the import the next place in its recording's order, once. @throws AskError `not_found` when the recording is gone. */
  accept(transcription: Transcription): Promise<void>;
  /** @param by the import that replaces it, for `replaced`. */
  note(transcription: Transcription, kind: 'completed' | 'replaced' | 'retired', by?: TranscriptionId): Promise<void>;
  /** Every accepted import of a recording; none once the recording is gone. */
  statesOf(tenant: Tenant, recordingId: RecordingId): Promise<ImportState[]>;
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
  /**
   * Stores the transcription and then its segments, which come in order and some at a time, unless they are there.
   * @throws AskError `not_found` when the recording is gone
   */
  create(transcription: Transcription, batches: Batches<Segment>): Promise<Transcription>;
  find(tenant: Tenant, id: TranscriptionId): Promise<Transcription | null>;
  /** What readers of this recording see, also where the recording still names one that was replaced; null while it has none. */
  currentOf(recording: Recording): Promise<Transcription | null>;
  /** All segments in order. For what is shown in a prompt; what may be of any length is read page by page. */
  segments(tenant: Tenant, id: TranscriptionId): Promise<Segment[]>;
  /** One stored page, from 0, of at most 500 segments; null when the transcription is gone. */
  segmentPage(tenant: Tenant, id: TranscriptionId, page: number): Promise<SegmentPage | null>;
  setOutline(tenant: Tenant, id: TranscriptionId, outline: TranscriptOutline): Promise<void>;
  markCompleted(tenant: Tenant, id: TranscriptionId, at: string): Promise<void>;
  /** Ends an import that is under way; one that has ended stays as it is. */
  markFailed(tenant: Tenant, id: TranscriptionId, error: string): Promise<void>;
  /** Imports of every project that were begun before then and have no end, for maintenance. */
  unfinishedSince(before: string): Promise<Transcription[]>;
  idsOf(tenant: Tenant, recordingId: RecordingId): Promise<TranscriptionId[]>;
  /** Stores chunks unless they are there. */
  putChunks(tenant: Tenant, chunks: readonly Chunk[]): Promise<void>;
  /** Stores chunks in place of those that have their ids. */
  replaceChunks(tenant: Tenant, chunks: readonly Chunk[]): Promise<void>;
  removeChunks(tenant: Tenant, ids: readonly ChunkId[]): Promise<void>;
  /** In their order, in one query and one for their recordings; what is gone or another's is left out. */
  chunks(tenant: Tenant, ids: readonly ChunkId[]): Promise<ReadableChunk[]>;
  chunkIdsOf(tenant: Tenant, transcriptionId: TranscriptionId): Promise<ChunkId[]>;
  /** Removes the segments and chunks of a transcription, which stays. @returns how many documents were removed. */
  purgeWords(tenant: Tenant, id: TranscriptionId): Promise<number>;
  /** Removes every transcription of a recording with its segments, chunks and imports. @returns how many documents were removed. */
  purgeAll(tenant: Tenant, recordingId: RecordingId): Promise<number>;
  /** Removes whatever is left of an end user, wherever it hangs. @returns how many documents were removed. */
  purgeOwned(tenant: EndUserTenant): Promise<number>;
}
