import type { z } from 'zod';
import { durationBetween, type Recording } from '../../../domain/library/recording.ts';
import { createNamed } from '../../../use-cases/library/create-named.ts';
import { type RecordingChange, reviseRecording } from '../../../use-cases/library/revise-recording.ts';
import { loadEndUser, loadRecording } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { requiredEndUser } from '../../kernel/lib/end-user-fence.ts';
import { created, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { externalIdOf } from '../lib/external-id-of.ts';
import { presentRecording } from '../presenters/present-recording.ts';
import type { createRecording as createBody, createQuery } from '../schemas/library-schemas.ts';

type CreateCall = Call<{ body: z.output<typeof createBody>; query: z.output<typeof createQuery> }>;

export async function createRecording(call: CreateCall, deps: Dependencies) {
  const { tenant, query, claim } = call;
  const externalId = externalIdOf(call);
  const isReplay = claim?.completed ?? false;
  const made = newRecording(call, deps);
  if (!isReplay) await loadEndUser(deps, tenant, made.endUserId);
  if (externalId === null) {
    if (!isReplay) await deps.recordings.create(made);
    return created(presentRecording(await loadRecording(deps, tenant, made.id)));
  }
  const { item, isNew } = await createNamed(
    { ...made, externalId },
    {
      what: 'recording',
      store: deps.recordings,
      isReplay,
      update: query.upsert ? (standing) => reviseRecording(deps, standing, () => changeOf(call)) : undefined,
    },
  );
  const recording = presentRecording(await loadRecording(deps, tenant, item.id));
  return isNew ? created(recording) : ok(recording);
}

function newRecording({ tenant, body, ids }: CreateCall, deps: Dependencies): Recording {
  const { started_at: startedAt = null, ended_at: endedAt = null } = body;
  return {
    id: ids.next('rec'),
    projectId: tenant.projectId,
    mode: tenant.mode,
    endUserId: requiredEndUser(tenant, body.end_user_id),
    externalId: body.external_id ?? null,
    deviceId: body.device_id ?? null,
    name: body.name ?? null,
    status: 'pending',
    durationMs: durationBetween(startedAt, endedAt),
    startedAt,
    endedAt,
    transcriptionId: null,
    outline: null,
    metadata: body.metadata ?? {},
    createdAt: deps.clock.now().toISOString(),
  };
}

/** The fields that were given. */
function changeOf({ body }: CreateCall): RecordingChange {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.device_id !== undefined && { deviceId: body.device_id }),
    ...(body.started_at !== undefined && { startedAt: body.started_at }),
    ...(body.ended_at !== undefined && { endedAt: body.ended_at }),
    ...(body.metadata !== undefined && { metadata: body.metadata }),
  };
}
