import { z } from 'zod';
import { invalidField, notFound } from '../../../domain/shared/errors.ts';
import type { RecordingId } from '../../../domain/shared/ids.ts';
import type { RecordingFilter } from '../../../ports/library/library-store.ts';
import { reviseRecording } from '../../../use-cases/library/revise-recording.ts';
import { filterVisibleRecordings, loadRecording } from '../../../use-cases/load-visible.ts';
import { decodeCursor, envelope } from '../../kernel/lib/cursor.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { namedEndUser } from '../../kernel/lib/end-user-fence.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { recordingId } from '../../kernel/schemas/id-schemas.ts';
import { presentRecording } from '../presenters/present-recording.ts';
import {
  type listRecordings as listQuery,
  type patchRecording as patchBody,
  RECORDING_ORDERS,
} from '../schemas/library-schemas.ts';

type OneRecording = { params: { recording_id: RecordingId } };
type ListQuery = z.output<typeof listQuery>;

const place = z.strictObject({
  order: z.enum(RECORDING_ORDERS),
  id: recordingId,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
});

export async function getRecording({ tenant, params }: Call<OneRecording>, deps: Dependencies) {
  return ok(presentRecording(await loadRecording(deps, tenant, params.recording_id)));
}

export async function listRecordings({ tenant, query }: Call<{ query: ListQuery }>, deps: Dependencies) {
  const { limit, order, offset = 0 } = query;
  const after = decodeCursor(place, query.cursor);
  if (after !== null && after.order !== order) throw invalidField('cursor', `is of a list in the order ${after.order}`);
  const filter = filterOf(query, namedEndUser(tenant, query.end_user_id));
  const { items, next } = await deps.recordings.list(tenant, filter, { limit, order, offset, after });
  const visible = await filterVisibleRecordings(deps, tenant, items);
  return ok(envelope({ items: visible, next: next && { order, ...next } }, presentRecording));
}

export async function patchRecording(
  { tenant, params, body }: Call<OneRecording & { body: z.output<typeof patchBody> }>,
  deps: Dependencies,
) {
  const recording = await loadRecording(deps, tenant, params.recording_id);
  const change = {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.started_at !== undefined && { startedAt: body.started_at }),
    ...(body.ended_at !== undefined && { endedAt: body.ended_at }),
    ...(body.metadata !== undefined && { metadata: body.metadata ?? {} }),
  };
  const revised = await reviseRecording(deps, recording, () => change);
  if (revised === null) throw notFound('recording', recording.id);
  return ok(presentRecording(revised));
}

/** Hides the recording at once. A durable workflow then erases its transcripts, passages and copies. */
export async function deleteRecording({ tenant, params }: Call<OneRecording>, deps: Dependencies) {
  const { id, endUserId } = await loadRecording(deps, tenant, params.recording_id);
  await deps.libraryGateway.startErasure(tenant, { type: 'recording', id, endUserId });
  await deps.recordings.hide(tenant, id);
  return accepted({ id, status: 'deleting' as const });
}

function filterOf(query: ListQuery, endUserId: RecordingFilter['endUserId'] | undefined): RecordingFilter {
  return {
    ...(endUserId !== undefined && { endUserId }),
    ...(query.external_id !== undefined && { externalId: query.external_id }),
    ...(query.q !== undefined && { nameContains: query.q }),
    ...(query.status !== undefined && { status: query.status }),
    ...(query.recorded_after !== undefined && { recordedAfter: query.recorded_after }),
    ...(query.recorded_before !== undefined && { recordedBefore: query.recorded_before }),
  };
}
