import { Schema } from 'mongoose';
import { z } from 'zod';
import { RECORDING_STATUSES } from '../../../domain/library/recording.ts';
import { SOURCE_FORMATS, TRANSCRIPTION_STATUSES } from '../../../domain/library/transcript.ts';
import { id, owner, timestamp } from './stored-fields.ts';

const { Mixed } = Schema.Types;
const ownerFields = { projectId: String, mode: String, endUserId: String };

/**
 * Clients' own data, kept as JSON text: nothing in it means anything to a server, and any JSON can be kept (`ferretdb.ts`).
 */
const jsonText = { type: String, set: (value: unknown) => JSON.stringify(value) };
const anyMetadata = z.record(z.string(), z.unknown());
const metadata = z.union([
  z.string().transform((text) => anyMetadata.parse(JSON.parse(text))),
  // From before it was text.
  anyMetadata,
]);

export const storedEndUser = z.object({
  _id: id('eu'),
  /** Owned like everything else: `endUserId` is its own id. */
  ...owner,
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  metadata,
  createdAt: timestamp,
});
export type StoredEndUser = z.infer<typeof storedEndUser>;

export const storedRecording = z.object({
  _id: id('rec'),
  ...owner,
  deviceId: z.string().nullable(),
  name: z.string().nullable(),
  status: z.enum(RECORDING_STATUSES),
  durationMs: z.number().nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  transcriptionId: id('txn').nullable(),
  metadata,
  createdAt: timestamp,
});
export type StoredRecording = z.infer<typeof storedRecording>;

export const storedTranscription = z.object({
  _id: id('txn'),
  ...owner,
  recordingId: id('rec'),
  status: z.enum(TRANSCRIPTION_STATUSES),
  language: z.string().nullable(),
  durationMs: z.number(),
  segmentCount: z.number(),
  pageCount: z.number(),
  tokenCount: z.number().nullable(),
  error: z.string().nullable(),
  sourceFormat: z.enum(SOURCE_FORMATS).nullable().default(null),
  dropped: z.object({ emptyCues: z.number(), repeats: z.number() }).nullable().default(null),
  createdAt: timestamp,
  completedAt: timestamp.nullable(),
});
export type StoredTranscription = z.infer<typeof storedTranscription>;

export const storedSegmentPage = z.object({
  _id: z.string(),
  ...owner,
  transcriptionId: id('txn'),
  segments: z.array(
    z.object({
      startMs: z.number(),
      endMs: z.number(),
      text: z.string(),
      speaker: z.string().nullable(),
      confidence: z.number().nullable(),
      wordStartsMs: z.array(z.number()).optional(),
    }),
  ),
});
export type StoredSegmentPage = z.infer<typeof storedSegmentPage>;

export const storedChunk = z.object({
  _id: id('chk'),
  ...owner,
  recordingId: id('rec'),
  transcriptionId: id('txn'),
  index: z.number(),
  text: z.string(),
  lineStartsMs: z.array(z.number()),
  speaker: z.string().nullable(),
  startMs: z.number(),
  endMs: z.number(),
  recordedAt: timestamp.nullable(),
});
export type StoredChunk = z.infer<typeof storedChunk>;

export const endUserFields = {
  ...ownerFields,
  externalId: String,
  name: String,
  metadata: jsonText,
  createdAt: String,
};

export const recordingFields = {
  ...ownerFields,
  deviceId: String,
  name: String,
  status: String,
  durationMs: Number,
  startedAt: String,
  endedAt: String,
  transcriptionId: String,
  metadata: jsonText,
  createdAt: String,
};

export const transcriptionFields = {
  ...ownerFields,
  recordingId: String,
  status: String,
  language: String,
  durationMs: Number,
  segmentCount: Number,
  pageCount: Number,
  tokenCount: Number,
  error: String,
  sourceFormat: String,
  dropped: Mixed,
  createdAt: String,
  completedAt: String,
};

export const segmentPageFields = { ...ownerFields, transcriptionId: String, segments: Mixed };

export const chunkFields = {
  ...ownerFields,
  recordingId: String,
  transcriptionId: String,
  index: Number,
  text: String,
  lineStartsMs: [Number],
  speaker: String,
  startMs: Number,
  endMs: Number,
  recordedAt: String,
};
