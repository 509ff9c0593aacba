import { z } from 'zod';
import { arrayOf, instant, timestamp } from '../../kernel/schemas/field-schemas.ts';
import { chunkId, endUserId, recordingId, transcriptionId } from '../../kernel/schemas/id-schemas.ts';

export const source = z
  .object({
    chunk_id: chunkId,
    recording_id: recordingId,
    transcription_id: transcriptionId,
    chunk_text: z.string(),
    speaker: z.string().nullable(),
    start_ms: z.int(),
    end_ms: z.int(),
    recorded_at: timestamp.nullable(),
    score: z.number(),
  })
  .meta({ id: 'Source' });

export const searchRecordings = z
  .strictObject({
    query: z.string().min(1).max(1_000).regex(/\S/, 'must not be only white space'),
    end_user_id: endUserId.optional(),
    recording_ids: arrayOf(recordingId, { min: 1, max: 100 }).optional(),
    recorded_after: instant.optional(),
    recorded_before: instant.optional().describe('Exclusive.'),
    limit: z.int().min(1).max(50).default(8),
  })
  .meta({ id: 'SearchRecordings' });

export const searchResults = z.object({ results: z.array(source) }).meta({ id: 'SearchResults' });
