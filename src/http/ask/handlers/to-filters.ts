import type { z } from 'zod';
import type { Filters } from '../../../domain/ask/retrieval.ts';
import type { sendMessage } from '../schemas/ask-schemas.ts';

/** The filters of a request as the domain knows them. */
export function toFilters(given: z.output<typeof sendMessage>['filters'] = {}): Filters {
  const { recorded_after, recorded_before, recording_ids, speakers, metadata } = given;
  return {
    ...(recorded_after && { recordedAfter: recorded_after }),
    ...(recorded_before && { recordedBefore: recorded_before }),
    ...(recording_ids && { recordingIds: recording_ids }),
    ...(speakers && { speakers }),
    ...(metadata && { metadata }),
  };
}
