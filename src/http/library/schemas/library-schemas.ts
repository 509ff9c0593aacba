import { z } from 'zod';
import { SOURCE_FORMATS, TRANSCRIPTION_STATUSES } from '../../../domain/library/transcript.ts';
import {
  cursor,
  flag,
  instant,
  metadata,
  nameSearch,
  pageLimit,
  pageOf,
  recordingStatus,
  timestamp,
} from '../../kernel/schemas/field-schemas.ts';
import { endUserId, recordingId, transcriptionId } from '../../kernel/schemas/id-schemas.ts';

export const RECORDING_ORDERS = ['created_at', 'recorded_at'] as const;

/** What a POST under an external id asks for. */
export const createQuery = z.strictObject({
  upsert: flag.describe('Whether to change what has this `external_id` already, instead of a 409.'),
});

const shortText = z.string().min(1).max(255);

export const createEndUser = z
  .strictObject({
    external_id: shortText.optional().describe('Your own id of them, unique within project and mode.'),
    name: shortText.optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'CreateEndUser' });

export const listEndUsers = z.strictObject({ external_id: shortText.optional(), limit: pageLimit(20), cursor });

export const endUser = z
  .object({
    id: endUserId,
    external_id: z.string().nullable(),
    name: z.string().nullable(),
    metadata,
    created_at: timestamp,
  })
  .meta({ id: 'EndUser' });

export const createRecording = z
  .strictObject({
    end_user_id: endUserId.optional().describe('Required unless the key is scoped to an end user.'),
    external_id: shortText.optional().describe('Your own id of it, unique within the end user.'),
    name: shortText.optional(),
    device_id: shortText.optional(),
    started_at: instant.optional().describe('Without it, the date that the JSON of a tool says when it is imported.'),
    ended_at: instant.optional(),
    metadata: metadata.optional(),
  })
  .refine((body) => !body.started_at || !body.ended_at || body.started_at <= body.ended_at, {
    path: ['ended_at'],
    error: 'must not be before started_at',
  })
  .meta({ id: 'CreateRecording' });

/** null clears a field; `metadata` is replaced whole. */
export const patchRecording = z
  .strictObject({
    name: shortText.nullable().optional(),
    started_at: instant.nullable().optional(),
    ended_at: instant.nullable().optional(),
    metadata: metadata.nullable().optional(),
  })
  .meta({ id: 'PatchRecording' });

export const listRecordings = z
  .strictObject({
    end_user_id: endUserId.optional(),
    external_id: shortText.optional(),
    q: nameSearch('name'),
    status: recordingStatus.optional(),
    recorded_after: instant.optional().describe('Inclusive. Recordings without `started_at` lie in no window.'),
    recorded_before: instant.optional().describe('Exclusive.'),
    order: z
      .enum(RECORDING_ORDERS)
      .default('created_at')
      .describe(
        'Newest first. By `recorded_at`, which is the `started_at` of a recording, those without one are last.',
      ),
    limit: pageLimit(25),
    offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
    cursor,
  })
  .refine(({ offset, cursor }) => offset === undefined || cursor === undefined, {
    path: ['offset'],
    error: 'cannot be given beside cursor; leave one of them out',
  })
  .refine((query) => !query.recorded_after || !query.recorded_before || query.recorded_after < query.recorded_before, {
    path: ['recorded_before'],
    error: 'must be later than recorded_after',
  });

export const recording = z
  .object({
    id: recordingId,
    external_id: z.string().nullable(),
    device_id: z.string().nullable(),
    end_user_id: endUserId,
    name: z.string().nullable(),
    status: recordingStatus,
    duration_ms: z.int().nullable(),
    started_at: timestamp.nullable(),
    ended_at: timestamp.nullable(),
    transcription_id: transcriptionId.nullable(),
    metadata,
    created_at: timestamp,
  })
  .meta({ id: 'Recording' });

export const recordingPage = pageOf(recording);

export const segment = z.object({
  start: z.number().describe('Seconds from the start of the recording.'),
  end: z.number(),
  text: z.string(),
  speaker: z.string().nullable(),
  confidence: z.number().nullable(),
});

const transcriptionFacts = z.object({
  id: transcriptionId,
  recording_id: recordingId,
  status: z.enum(TRANSCRIPTION_STATUSES),
  language: z.string().nullable(),
  duration_ms: z.int(),
  segment_count: z.int(),
  error: z.string().nullable(),
  replaced_by: transcriptionId.nullable().describe('The later import that serves in its place.'),
  source_format: z
    .union([z.enum(SOURCE_FORMATS), z.string()])
    .nullable()
    .describe('The format, or the tool whose JSON it was. null for a transcription from before this was kept.'),
  dropped: z
    .object({
      empty_cues: z.int().describe('Cues, segments or blocks without words.'),
      repeats: z.int().describe('Lines that automatic captions show a second time.'),
    })
    .nullable()
    .describe('What was left out on purpose. null for a transcription from before this was counted.'),
  created_at: timestamp,
  completed_at: timestamp.nullable(),
});

/** What an import answers: the client has what was said already. */
export const acceptedTranscription = transcriptionFacts.meta({ id: 'AcceptedTranscription' });

export const transcription = transcriptionFacts
  .extend({
    segments: z.array(segment),
    text: z
      .string()
      .nullable()
      .describe('null where the segments are read in parts, and once the transcription was replaced.'),
    has_more: z.boolean().optional().describe('With `limit` or `cursor`.'),
    next_cursor: z.string().nullable().optional().describe('With `limit` or `cursor`.'),
  })
  .meta({ id: 'Transcription' });

export const readTranscription = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Segments of a part. Without it, and without a cursor, all of them come.'),
  cursor,
});

/** The reply of a deletion that goes on in the background. */
export const deletion = <T extends z.ZodType>(id: T) => z.object({ id, status: z.literal('deleting') });
