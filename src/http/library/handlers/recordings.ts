import type { z } from 'zod';
import type { Recording } from '../../../domain/library/recording.ts';
import type { RecordingId } from '../../../domain/shared/ids.ts';
import { filterVisibleRecordings, loadEndUser, loadRecording } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { namedEndUser, requiredEndUser } from '../../kernel/lib/end-user-fence.ts';
import { accepted, created, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentRecording } from '../presenters/present-recording.ts';
import type { createRecording as createBody, listRecordings as listQuery } from '../schemas/library-schemas.ts';

type OneRecording = { params: { recording_id: RecordingId } };
type CreateBody = z.output<typeof createBody>;

export async function createRecording(call: Call<{ body: CreateBody }>, deps: Dependencies) {
  const { tenant } = call;
  const id = call.ids.next('rec');
  if (!call.claim?.completed) await deps.recordings.create(await newRecording(call, deps, id));
  return created(presentRecording(await loadRecording(deps, tenant, id)));
}

export async function getRecording({ tenant, params }: Call<OneRecording>, deps: Dependencies) {
  return ok(presentRecording(await loadRecording(deps, tenant, params.recording_id)));
}

/** Newest first. */
export async function listRecordings(
  { tenant, query }: Call<{ query: z.output<typeof listQuery> }>,
  deps: Dependencies,
) {
  const endUserId = namedEndUser(tenant, query.end_user_id);
  const { limit, offset } = query;
  const page = await deps.recordings.list(tenant, endUserId ? { endUserId } : {}, { limit, offset });
  const items = await filterVisibleRecordings(deps, tenant, page.items);
  return ok({ data: items.map(presentRecording), has_more: page.hasMore });
}

/** A durable workflow erases the recording's transcripts, passages and copies; nothing of it shows from now on. */
export async function deleteRecording({ tenant, params }: Call<OneRecording>, deps: Dependencies) {
  const { id, endUserId } = await loadRecording(deps, tenant, params.recording_id);
  await deps.libraryGateway.startErasure(tenant, { type: 'recording', id, endUserId });
  await deps.recordings.hide(tenant, id);
  return accepted({ id, status: 'deleting' as const });
}

async function newRecording(
  { tenant, body }: Call<{ body: CreateBody }>,
  deps: Dependencies,
  id: RecordingId,
): Promise<Recording> {
  const endUserId = requiredEndUser(tenant, body.end_user_id);
  await loadEndUser(deps, tenant, endUserId);
  const { started_at: startedAt = null, ended_at: endedAt = null } = body;
  return {
    id,
    projectId: tenant.projectId,
    mode: tenant.mode,
    endUserId,
    deviceId: body.device_id ?? null,
    name: body.name ?? null,
    status: 'pending',
    durationMs: startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : null,
    startedAt,
    endedAt,
    transcriptionId: null,
    outline: null,
    metadata: body.metadata ?? {},
    createdAt: deps.clock.now().toISOString(),
  };
}
