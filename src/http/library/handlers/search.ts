import type { z } from 'zod';
import { narrowToEndUser } from '../../../domain/access/tenant.ts';
import { findSources } from '../../../use-cases/library/find-passages.ts';
import { loadEndUser, loadRecordings } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { requiredEndUser } from '../../kernel/lib/end-user-fence.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentSource } from '../presenters/present-source.ts';
import type { searchRecordings as schema } from '../schemas/search-schemas.ts';

/** Passages of one end user's recordings, best first. */
export async function searchRecordings({ tenant, body }: Call<{ body: z.output<typeof schema> }>, deps: Dependencies) {
  const endUserId = requiredEndUser(tenant, body.end_user_id);
  const fence = narrowToEndUser(tenant, endUserId);
  await loadEndUser(deps, fence, endUserId);
  await loadRecordings(deps, fence, body.recording_ids ?? []);
  const sources = await findSources(deps, fence, {
    texts: [body.query],
    limit: body.limit,
    ...(body.recording_ids && { recordingIds: body.recording_ids }),
    ...(body.recorded_after && { recordedAfter: body.recorded_after }),
    ...(body.recorded_before && { recordedBefore: body.recorded_before }),
  });
  return ok({ results: sources.map(presentSource) });
}
