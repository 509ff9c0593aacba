import type { z } from 'zod';
import type { EndUser } from '../../../domain/library/recording.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { createNamed } from '../../../use-cases/library/create-named.ts';
import { loadEndUser } from '../../../use-cases/load-visible.ts';
import { decodeCursor, envelope } from '../../kernel/lib/cursor.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, created, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { endUserId } from '../../kernel/schemas/id-schemas.ts';
import { externalIdOf } from '../lib/external-id-of.ts';
import { presentEndUser } from '../presenters/present-end-user.ts';
import type {
  createEndUser as createBody,
  createQuery,
  listEndUsers as listQuery,
} from '../schemas/library-schemas.ts';

type CreateCall = Call<{ body: z.output<typeof createBody>; query: z.output<typeof createQuery> }>;
type OneEndUser = { params: { end_user_id: EndUserId } };

export async function createEndUser(call: CreateCall, deps: Dependencies) {
  const { tenant, body, query, claim } = call;
  if (tenant.endUserId !== null) {
    throw new AskError('forbidden', 'This key is scoped to one end user and cannot create another. Use a project key.');
  }
  const externalId = externalIdOf(call);
  const isReplay = claim?.completed ?? false;
  const made = newEndUser(call, deps);
  if (externalId === null) {
    if (!isReplay) await deps.endUsers.create(made);
    return created(presentEndUser(await loadEndUser(deps, tenant, made.id)));
  }
  const change = {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.metadata !== undefined && { metadata: body.metadata }),
  };
  const { item, isNew } = await createNamed(
    { ...made, externalId },
    {
      what: 'end user',
      store: deps.endUsers,
      isReplay,
      update: query.upsert ? ({ id }) => deps.endUsers.revise(tenant, id, change) : undefined,
    },
  );
  return isNew ? created(presentEndUser(item)) : ok(presentEndUser(item));
}

export async function getEndUser({ tenant, params }: Call<OneEndUser>, deps: Dependencies) {
  return ok(presentEndUser(await loadEndUser(deps, tenant, params.end_user_id)));
}

export async function listEndUsers({ tenant, query }: Call<{ query: z.output<typeof listQuery> }>, deps: Dependencies) {
  const filter = query.external_id === undefined ? {} : { externalId: query.external_id };
  const after = decodeCursor(endUserId, query.cursor);
  return ok(envelope(await deps.endUsers.list(tenant, filter, { limit: query.limit, after }), presentEndUser));
}

/** Hides the end user at once. A durable workflow then erases the end user and everything that belongs to them. */
export async function deleteEndUser({ tenant, params }: Call<OneEndUser>, deps: Dependencies) {
  const { id } = await loadEndUser(deps, tenant, params.end_user_id);
  await deps.libraryGateway.startErasure(tenant, { type: 'end_user', id });
  await deps.endUsers.hide(tenant, id);
  return accepted({ id, status: 'deleting' as const });
}

function newEndUser({ tenant, body, ids }: CreateCall, deps: Dependencies): EndUser {
  return {
    id: ids.next('eu'),
    projectId: tenant.projectId,
    mode: tenant.mode,
    externalId: body.external_id ?? null,
    name: body.name ?? null,
    metadata: body.metadata ?? {},
    createdAt: deps.clock.now().toISOString(),
  };
}
