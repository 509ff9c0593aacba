import type { SchemaDefinition } from 'mongoose';
import type { z } from 'zod';
import * as access from './access-documents.ts';
import * as ask from './ask-documents.ts';
import * as library from './library-documents.ts';
import { storedTrace, traceFields } from './trace-documents.ts';

/** A collection: its documents, its indexes, and when its documents expire. */
export interface Declaration<D extends { _id: string } = { _id: string }> {
  name: string;
  /** What a read returns. */
  shape: z.ZodType<D>;
  /** What mongoose may write. */
  fields: SchemaDefinition;
  /** Every index that a query other than by `_id` needs. */
  indexes: readonly Index[];
  /** What its documents are erased with; `nothing` if they outlive it. */
  erasedWith: 'session' | 'transcription' | 'recording' | 'end user' | 'expiry' | 'nothing';
}

export interface Index {
  keys: Readonly<Record<string, 1 | -1>>;
  unique?: true;
  /** Documents expire at the time in this field. */
  expires?: true;
}

const byTenant = { projectId: 1, mode: 1 } as const;
const byEndUser = { ...byTenant, endUserId: 1 } as const;
const latestActivity = { updatedAt: -1, _id: -1 } as const;
const newest = { createdAt: -1, _id: -1 } as const;
const latestRecorded = { startedAt: -1, ...newest } as const;
/** For the erasure of an end user. */
const byOwner: Index = { keys: byEndUser };
const bySession: Index = { keys: { sessionId: 1 } };
const byTranscription: Index = { keys: { transcriptionId: 1 } };
const byExpiry: Index = { keys: { expireAt: 1 }, expires: true };

/** Every collection of the database, by the name that the code has for it. */
export const COLLECTIONS = {
  // Asked.
  sessions: declare('sessions', ask.storedSession, ask.sessionFields, 'session', [
    { keys: { ...byTenant, ...latestActivity } },
    { keys: { ...byEndUser, ...latestActivity } },
    { keys: { ...byTenant, recordingIds: 1, ...latestActivity } },
  ]),
  messages: declare<ask.StoredMessage>('messages', ask.storedMessage, ask.messageFields, 'session', [
    // Unique, because no two messages have the same position.
    { keys: { sessionId: 1, position: 1 }, unique: true },
    { keys: { ...byTenant, 'sources.recordingId': 1 } },
    { keys: { ...byTenant, recordingIds: 1 } },
    byOwner,
  ]),
  turns: declare('turns', ask.storedTurn, ask.turnFields, 'session', [bySession, byOwner]),
  traces: declare('turn_traces', storedTrace, traceFields, 'session', [bySession, byOwner]),
  conversations: declare('conversations', ask.storedConversation, ask.conversationFields, 'session', [byOwner]),
  feedBatches: declare('feed_batches', ask.feedBatch, ask.feedBatchFields, 'session', [bySession, byOwner, byExpiry]),
  feedSubscribers: declare('feed_listeners', ask.feedSubscriber, ask.feedSubscriberFields, 'session', [
    bySession,
    byOwner,
    byExpiry,
  ]),

  // The library.
  endUsers: declare('end_users', library.storedEndUser, library.endUserFields, 'end user', [
    { keys: { ...byTenant, _id: -1 } },
    { keys: { ...byTenant, externalId: 1, _id: -1 } },
  ]),
  recordings: declare('recordings', library.storedRecording, library.recordingFields, 'recording', [
    { keys: { ...byTenant, ...newest } },
    { keys: { ...byEndUser, ...newest } },
    { keys: { ...byTenant, ...latestRecorded } },
    { keys: { ...byEndUser, ...latestRecorded } },
    { keys: { ...byTenant, externalId: 1, ...newest } },
    { keys: { ...byTenant, externalId: 1, ...latestRecorded } },
  ]),
  dateChanges: declare('date_changes', library.storedDateChange, library.dateChangeFields, 'recording', [
    { keys: { ...byEndUser, recordingId: 1 } },
  ]),
  transcriptions: declare('transcriptions', library.storedTranscription, library.transcriptionFields, 'transcription', [
    { keys: { recordingId: 1 } },
    { keys: { status: 1, createdAt: 1 } },
    byOwner,
  ]),
  importFacts: declare('imports', library.storedImportFact, library.importFactFields, 'recording', [
    { keys: { recordingId: 1 } },
    byOwner,
  ]),
  segmentPages: declare('segment_pages', library.storedSegmentPage, library.segmentPageFields, 'transcription', [
    byTranscription,
    { keys: { ...byEndUser, recordingId: 1 } },
  ]),
  chunks: declare('chunks', library.storedChunk, library.chunkFields, 'transcription', [
    byTranscription,
    { keys: { ...byEndUser, recordingId: 1 } },
  ]),
  indexStates: declare('index_states', library.storedIndexState, library.indexStateFields, 'nothing', []),

  // Access.
  projects: declare('projects', access.storedProject, access.projectFields, 'nothing', [
    { keys: { name: 1 }, unique: true },
  ]),
  keys: declare('keys', access.storedKey, access.keyFields, 'nothing', [
    { keys: { id: 1 }, unique: true },
    { keys: { projectId: 1, ...newest } },
  ]),
  keyUses: declare('key_uses', access.storedKeyUse, access.keyUseFields, 'nothing', []),
  idempotency: declare('idempotency', access.storedClaim, access.claimFields, 'expiry', [byExpiry]),
  rateSlots: declare('rate_slots', access.storedRateSlot, access.rateSlotFields, 'expiry', [
    { keys: { window: 1, slot: -1 } },
    byExpiry,
  ]),
  workers: declare('workers', access.storedWorker, access.workerFields, 'expiry', [byExpiry]),
  tombstones: declare('tombstones', access.storedTombstone, access.tombstoneFields, 'nothing', [
    { keys: { ...byTenant, endUserId: 1, kind: 1 } },
    { keys: { ...byTenant, recordingIds: 1, kind: 1 } },
    { keys: { purged: 1 } },
  ]),
};

function declare<D extends { _id: string }>(
  name: string,
  shape: z.ZodType<D>,
  fields: SchemaDefinition,
  erasedWith: Declaration['erasedWith'],
  indexes: readonly Index[],
): Declaration<D> {
  return { name, shape, fields, erasedWith, indexes };
}
