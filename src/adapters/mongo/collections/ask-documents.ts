import { Schema } from 'mongoose';
import { z } from 'zod';
import { GROUNDING_STATUSES, UNSUPPORTED_KINDS } from '../../../domain/ask/grounding.ts';
import { FINISH_REASONS } from '../../../domain/ask/message.ts';
import { TURN_STATUSES } from '../../../domain/ask/turn.ts';
import { ERROR_KINDS } from '../../../domain/shared/errors.ts';
import { PROVIDERS } from '../../../domain/shared/provider.ts';
import { fromJsonText, id, jsonText, owner, timestamp } from './stored-fields.ts';
import { promptTrace } from './trace-documents.ts';

const { Mixed } = Schema.Types;
const ownerFields = { projectId: String, mode: String, endUserId: String };

export const storedSession = z.object({
  _id: id('as'),
  ...owner,
  scopeType: z.enum(['recording', 'selected', 'library']),
  recordingIds: z.array(id('rec')),
  title: z.string(),
  recordingTitle: z.string().nullable(),
  messageCount: z.number(),
  /** The position of the latest user message, so that an unanswered one is found without a search. */
  lastQuestion: z.object({ id: id('msg'), position: z.number() }).nullable(),
  lastMessageAt: timestamp.nullable(),
  lastModel: z.string().nullable(),
  lastProvider: z.enum(PROVIDERS).nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type StoredSession = z.infer<typeof storedSession>;

const source = z.object({
  chunkId: id('chk'),
  recordingId: id('rec'),
  transcriptionId: id('txn'),
  text: z.string(),
  speaker: z.string().nullable(),
  startMs: z.number(),
  endMs: z.number(),
  recordedAt: timestamp.nullable(),
  score: z.number(),
});
/** All but the first two unset by 0.1.0. */
const citation = {
  recordingId: id('rec'),
  startMs: z.number(),
  endMs: z.number().nullable().default(null),
  speaker: z.string().nullable().default(null),
  quote: z.string().nullable().default(null),
  sourceIndex: z.number().nullable().default(null),
};
const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('citation'), ...citation }),
]);
const grounding = z.object({
  status: z.enum(GROUNDING_STATUSES),
  method: z.string(),
  unsupported: z.array(z.object({ text: z.string().nullable(), kind: z.enum(UNSUPPORTED_KINDS) })),
});
const filterFields = z.object({
  recordedAfter: z.string().exactOptional(),
  recordedBefore: z.string().exactOptional(),
  recordingIds: z.array(id('rec')).exactOptional(),
  speakers: z.array(z.string()).exactOptional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).exactOptional(),
});
const filters = fromJsonText(filterFields);
const understood = z.object({
  text: z.string(),
  recordedAfter: z.string().exactOptional(),
  recordedBefore: z.string().exactOptional(),
  recordingIds: z.array(id('rec')).exactOptional(),
  speakers: z.array(z.string()).exactOptional(),
});
const retrieval = fromJsonText(
  z.object({
    method: z.enum(['transcript', 'whole', 'passages']),
    complete: z.boolean(),
    recordingsInScope: z.number(),
    recordingsUsed: z.number(),
    passages: z.number(),
    tokens: z.number(),
    filters: filterFields.extend({ timezone: z.string() }),
    understood: z.array(understood),
    unknownSpeakers: z.array(z.string()),
    queries: z.array(z.string()),
    ignoredRefs: z.array(id('rec')),
  }),
);
const placed = {
  _id: id('msg'),
  ...owner,
  sessionId: id('as'),
  position: z.number(),
  content: z.string(),
  createdAt: timestamp,
};
export const storedMessage = z.discriminatedUnion('role', [
  z.object({
    ...placed,
    role: z.literal('user'),
    contextRefs: z.array(z.object({ type: z.literal('recording'), id: id('rec') })),
    // Unset by 0.1.0.
    filters: filters.default({}),
    timezone: z.string().nullable().default(null),
    responseLanguage: z.string().nullable().default(null),
  }),
  z.object({
    ...placed,
    role: z.literal('assistant'),
    parts: z.array(part),
    tokens: z.object({
      input: z.number(),
      output: z.number(),
      cached: z.number(),
      estimated: z.literal(true).optional(),
      suspect: z.literal(true).optional(),
    }),
    model: z.string(),
    provider: z.enum(PROVIDERS),
    finishReason: z.enum(FINISH_REASONS),
    // Unset by 0.1.0.
    grounding: grounding.nullable().default(null),
    sources: z.array(source),
    /** Recordings of which it has words without a source: the full names of people whom its question names. Unset by 0.1.0. */
    recordingIds: z.array(id('rec')).default([]),
    /** The turn whose attempt stored it; unset in answers from before that was noted. */
    turnId: id('trn').exactOptional(),
    // Unset by 0.1.0.
    retrieval: retrieval.nullable().default(null),
    /** What its prompt was made of; unset in answers from before that was kept. */
    trace: fromJsonText(promptTrace).exactOptional(),
  }),
]);
export type StoredMessage = z.infer<typeof storedMessage>;
export type StoredQuestion = Extract<StoredMessage, { role: 'user' }>;
export type StoredAnswer = Extract<StoredMessage, { role: 'assistant' }>;

export const storedTurn = z.object({
  _id: id('trn'),
  ...owner,
  sessionId: id('as'),
  messageId: id('msg'),
  /** Whether its question stood when this was written; unset in turns from before that was noted. */
  asked: z.boolean().exactOptional(),
  status: z.enum(TURN_STATUSES),
  attempt: z.number(),
  /** When its latest noted attempt was scheduled, in ms; unset while there was one attempt only. */
  generation: z.number().exactOptional(),
  error: z
    .object({
      kind: z.enum(ERROR_KINDS),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).exactOptional(),
      retryAfterMs: z.number().exactOptional(),
    })
    .nullable(),
  createdAt: timestamp,
  completedAt: timestamp.nullable(),
});
export type StoredTurn = z.infer<typeof storedTurn>;

const pastTurn = z.object({ position: z.number(), question: z.string(), answer: z.string() });
export const storedConversation = z.object({
  _id: id('as'),
  ...owner,
  /** The latest answered turns as JSON, by the slot of their question; see `stored-conversation.ts`. */
  texts: z
    .record(
      z.string(),
      z.string().transform((text) => pastTurn.parse(JSON.parse(text))),
    )
    .default({}),
  /** Those that workers from before texts stored. */
  turns: z.record(z.string(), pastTurn).default({}),
});
export type StoredConversation = z.infer<typeof storedConversation>;

const kept = { ...owner, sessionId: id('as'), turnId: id('trn'), expireAt: z.date() };
export const feedSubscriberFields = { ...ownerFields, sessionId: String, turnId: String, expireAt: Date };

/** Pieces of answers while they are written; see `turn-feed.ts`. */
export const feedBatch = z.object({
  _id: z.string(),
  ...kept,
  generation: z.number(),
  attempt: z.number(),
  pieces: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), text: z.string() }),
      z.object({ type: z.literal('citation'), text: z.string(), chunkId: id('chk').exactOptional(), ...citation }),
    ]),
  ),
  last: z.boolean(),
});

export const sessionFields = {
  ...ownerFields,
  scopeType: String,
  recordingIds: [String],
  title: String,
  recordingTitle: String,
  messageCount: Number,
  lastQuestion: Mixed,
  lastMessageAt: String,
  lastModel: String,
  lastProvider: String,
  createdAt: String,
  updatedAt: String,
};

export const messageFields = {
  ...ownerFields,
  sessionId: String,
  position: Number,
  role: String,
  content: String,
  createdAt: String,
  contextRefs: Mixed,
  filters: jsonText,
  timezone: String,
  responseLanguage: String,
  parts: Mixed,
  tokens: Mixed,
  model: String,
  provider: String,
  finishReason: String,
  grounding: Mixed,
  sources: Mixed,
  recordingIds: { type: [String], default: undefined },
  turnId: String,
  retrieval: jsonText,
  trace: jsonText,
};

export const turnFields = {
  ...ownerFields,
  sessionId: String,
  messageId: String,
  asked: Boolean,
  status: String,
  attempt: Number,
  generation: Number,
  error: Mixed,
  createdAt: String,
  completedAt: String,
};

export const conversationFields = { ...ownerFields, texts: Mixed, turns: Mixed };

export const feedBatchFields = {
  ...feedSubscriberFields,
  generation: Number,
  attempt: Number,
  pieces: Mixed,
  last: Boolean,
};

export const feedSubscriber = z.object({ _id: id('trn'), ...kept });
