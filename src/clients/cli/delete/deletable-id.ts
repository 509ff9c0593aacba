import { z } from 'zod';
import { endUserId, recordingId, sessionId } from '../../../http/kernel/schemas/id-schemas.ts';

export const deletableId = z.union([recordingId, sessionId, endUserId], {
  error: 'must be the id of a recording (rec_…), a session (as_…) or an end user (eu_…)',
});
export type DeletableId = z.infer<typeof deletableId>;
