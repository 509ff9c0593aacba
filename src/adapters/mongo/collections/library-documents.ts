import { Schema } from 'mongoose';
import { z } from 'zod';
import { RECORDING_STATUSES } from '../../../domain/library/recording.ts';
import { INDEX_TARGETS } from '../../../domain/library/search-index.ts';
import { SOURCE_FORMATS } from '../../../domain/library/transcript.ts';
import { fromJsonText, id, jsonText, owner, timestamp } from './stored-fields.ts';

const { Mixed } = Schema.Types;
const ownerFields = { projectId: String, mode: String, endUserId: String };

const anyMetadata = z.record(z.string(), z.unknown());
/** Clients' own data; of 0.1.0 some is no text. */
const metadata = fromJsonText(anyMetadata);

/** The id of the request that made it, where its own id follows from its external id: a repeated request knows its own by it. */
const requestedId = z.string().nullable().default(null);

export const storedEndUser = z.object({
  _id: id('eu'),
  /** Owned like everything else: `endUserId` is its own id. */
  ...owner,
  externalId: z.string().nullable(),
  requestedId,
  name: z.string().nullable(),
  metadata,
  createdAt: timestamp,
});
export type StoredEndUser = z.infer<typeof storedEndUser>;

export const storedRecording = z.object({
  _id: id('rec'),
  ...owner,
  // Recordings of 0.1.0 have none.
  externalId: z.string().nullable().default(null),
  requestedId,
  deviceId: z.string().nullable(),
  name: z.string().nullable(),
  status: z.enum(RECORDING_STATUSES),
  durationMs: z.number().nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  transcriptionId: id('txn').nullable(),
  // Unset by 0.1.0.
  outline: z
    .object({ tokens: z.number(), passages: z.number(), speakers: z.array(z.string()) })
    .nullable()
    .default(null),
  metadata,
  createdAt: timestamp,
});
export type StoredRecording = z.infer<typeof storedRecording>;

/** A recording whose date in the index may differ from its own, until a run has written the new one. */
export const storedDateChange = z.object({ _id: z.string(), ...owner, recordingId: id('rec') });
export type StoredDateChange = z.infer<typeof storedDateChange>;

export const storedTranscription = z.object({
  _id: id('txn'),
  ...owner,
  recordingId: id('rec'),
  status: z.enum(['processing', 'completed', 'failed']),
  language: z.string().nullable(),
  durationMs: z.number(),
  segmentCount: z.number(),
  pageCount: z.number(),
  tokenCount: z.number().nullable(),
  // Unset by 0.1.0.
  chunkCount: z.number().nullable().default(null),
  speakers: z.array(z.string()).nullable().default(null),
  error: z.string().nullable(),
  sourceFormat: z.enum(SOURCE_FORMATS).nullable().default(null),
  dropped: z.object({ emptyCues: z.number(), repeats: z.number() }).nullable().default(null),
  createdAt: timestamp,
  completedAt: timestamp.nullable(),
});
export type StoredTranscription = z.infer<typeof storedTranscription>;

/** A fact about an import; see `import-store.ts`. `place` belongs to `accepted`, `by` to `replaced`. */
export const storedImportFact = z.object({
  _id: z.string(),
  ...owner,
  recordingId: id('rec'),
  transcriptionId: id('txn'),
  kind: z.enum(['accepted', 'completed', 'replaced', 'retired']),
  place: z.number(),
  by: id('txn').nullable(),
});
export type StoredImportFact = z.infer<typeof storedImportFact>;
export const importFactFields = {
  ...ownerFields,
  recordingId: String,
  transcriptionId: String,
  kind: String,
  place: Number,
  by: String,
};

export const storedSegmentPage = z.object({
  _id: z.string(),
  ...owner,
  /** Unset in pages from before they named it. */
  recordingId: id('rec').exactOptional(),
  transcriptionId: id('txn'),
  // Of 0.1.0 they are no text. FerretDB takes a page apart value by value: as text it is stored ten times as fast.
  segments: fromJsonText(
    z.array(
      z.object({
        startMs: z.number(),
        endMs: z.number(),
        text: z.string(),
        speaker: z.string().nullable(),
        confidence: z.number().nullable(),
        wordStartsMs: z.array(z.number()).optional(),
      }),
    ),
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
  /** The lines; see `stored-lines.ts`. */
  lines: z.string().nullable().default(null),
  /** When each line begins, in chunks of 0.1.0. */
  lineStartsMs: z.array(z.number()).exactOptional(),
  tokens: z.number().nullable().default(null),
  speaker: z.string().nullable(),
  startMs: z.number(),
  endMs: z.number(),
  recordedAt: timestamp.nullable(),
});
export type StoredChunk = z.infer<typeof storedChunk>;

const build = z.object({ target: z.enum(INDEX_TARGETS), generation: z.string() });
/** Which index a project has; see `index-states.ts`. */
export const storedIndexState = z.object({
  _id: z.string(),
  serving: build.extend({ model: z.string().nullable(), minScore: z.number().nullable() }),
  building: build.nullable(),
  retiring: z.array(build),
  /** Counts up with each change. */
  changes: z.number(),
});
export const indexStateFields = { serving: Mixed, building: Mixed, retiring: Mixed, changes: Number };

export const endUserFields = {
  ...ownerFields,
  externalId: String,
  requestedId: String,
  name: String,
  metadata: jsonText,
  createdAt: String,
};

export const recordingFields = {
  ...ownerFields,
  externalId: String,
  requestedId: String,
  deviceId: String,
  name: String,
  status: String,
  durationMs: Number,
  startedAt: String,
  endedAt: String,
  transcriptionId: String,
  outline: Mixed,
  metadata: jsonText,
  createdAt: String,
};

export const dateChangeFields = { ...ownerFields, recordingId: String };

export const transcriptionFields = {
  ...ownerFields,
  recordingId: String,
  status: String,
  language: String,
  durationMs: Number,
  segmentCount: Number,
  pageCount: Number,
  tokenCount: Number,
  chunkCount: Number,
  speakers: [String],
  error: String,
  sourceFormat: String,
  dropped: Mixed,
  createdAt: String,
  completedAt: String,
};

export const segmentPageFields = { ...ownerFields, recordingId: String, transcriptionId: String, segments: jsonText };

export const chunkFields = {
  ...ownerFields,
  recordingId: String,
  transcriptionId: String,
  index: Number,
  text: String,
  lines: String,
  tokens: Number,
  speaker: String,
  startMs: Number,
  endMs: Number,
  recordedAt: String,
};
