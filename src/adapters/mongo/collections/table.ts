import type { SchemaDefinition } from 'mongoose';
import type { z } from 'zod';
import * as access from './access-documents.ts';
import * as ask from './ask-documents.ts';
import * as library from './library-documents.ts';

/** A collection: what is in it, how it is searched, and when its documents go. */
export interface Declaration<D extends { _id: string } = { _id: string }> {
  name: string;
  /** What a read returns. */
  shape: z.ZodType<D>;
  /** What mongoose may write. */
  fields: SchemaDefinition;
  /** Every index that a query other than by `_id` needs. */
  indexes: readonly Index[];
  /** What its documents are erased with: `nothing` where they outlive what they tell of. */
  erasedWith: 'session' | 'transcription' | 'recording' | 'end user' | 'expiry' | 'nothing';
}

export interface Index {
  keys: Readonly<Record<string, 1 | -1>>;
  unique?: true;
  /** Documents go when this date field has passed. */
  expires?: true;
}

const byTenant = { projectId: 1, mode: 1 } as const;
const byEndUser = { ...byTenant, endUserId: 1 } as const;
const latestActivity = { updatedAt: -1, _id: -1 } as const;
const newest = { createdAt: -1, _id: -1 } as const;
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
    // Unique: no two messages ever stand at one place.
    { keys: { sessionId: 1, position: 1 }, unique: true },
    { keys: { ...byTenant, 'sources.recordingId': 1 } },
  ]),
  turns: declare('turns', ask.storedTurn, ask.turnFields, 'session', [bySession]),
  conversations: declare('conversations', ask.storedConversation, ask.conversationFields, 'session', []),
  feedBatches: declare('feed_batches', ask.feedBatch, ask.feedBatchFields, 'session', [bySession, byExpiry]),
  feedSubscribers: declare('feed_listeners', ask.feedSubscriber, ask.feedSubscriberFields, 'session', [
    bySession,
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
  ]),
  transcriptions: declare('transcriptions', library.storedTranscription, library.transcriptionFields, 'transcription', [
    { keys: { recordingId: 1 } },
  ]),
  segmentPages: declare('segment_pages', library.storedSegmentPage, library.segmentPageFields, 'transcription', [
    byTranscription,
  ]),
  chunks: declare('chunks', library.storedChunk, library.chunkFields, 'transcription', [byTranscription]),

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
  tombstones: declare('tombstones', access.storedTombstone, access.tombstoneFields, 'nothing', [
    { keys: { ...byTenant, endUserId: 1, kind: 1 } },
    { keys: { ...byTenant, recordingIds: 1, kind: 1 } },
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
