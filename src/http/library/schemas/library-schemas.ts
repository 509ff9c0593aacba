import { z } from 'zod';
import { SOURCE_FORMATS, TRANSCRIPTION_STATUSES } from '../../../domain/library/transcript.ts';
import {
  cursor,
  instant,
  metadata,
  pageLimit,
  recordingStatus,
  timestamp,
} from '../../kernel/schemas/field-schemas.ts';
import { endUserId, recordingId, transcriptionId } from '../../kernel/schemas/id-schemas.ts';

const shortText = z.string().min(1).max(255);

export const createEndUser = z
  .strictObject({ external_id: shortText.optional(), name: shortText.optional(), metadata: metadata.optional() })
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
    name: shortText.optional(),
    device_id: shortText.optional(),
    started_at: instant.optional(),
    ended_at: instant.optional(),
    metadata: metadata.optional(),
  })
  .refine((body) => !body.started_at || !body.ended_at || body.started_at <= body.ended_at, {
    path: ['ended_at'],
    error: 'must not be before started_at',
  })
  .meta({ id: 'CreateRecording' });

export const listRecordings = z.strictObject({
  end_user_id: endUserId.optional(),
  limit: pageLimit(25),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export const recording = z
  .object({
    id: recordingId,
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

export const recordingPage = z.object({ data: z.array(recording), has_more: z.boolean() });

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
    text: z.string().nullable().describe('null where the segments are read in parts.'),
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

/** What a deletion that goes on in the background answers. */
export const deletion = <T extends z.ZodType>(id: T) => z.object({ id, status: z.literal('deleting') });
