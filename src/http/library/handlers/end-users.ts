import type { z } from 'zod';
import { AskError } from '../../../domain/shared/errors.ts';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { loadEndUser } from '../../../use-cases/load-visible.ts';
import { decodeCursor, envelope } from '../../kernel/lib/cursor.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, created, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { endUserId } from '../../kernel/schemas/id-schemas.ts';
import { presentEndUser } from '../presenters/present-end-user.ts';
import type { createEndUser as createBody, listEndUsers as listQuery } from '../schemas/library-schemas.ts';

type OneEndUser = { params: { end_user_id: EndUserId } };

export async function createEndUser(call: Call<{ body: z.output<typeof createBody> }>, deps: Dependencies) {
  const { tenant, body } = call;
  if (tenant.endUserId !== null) {
    throw new AskError('forbidden', 'This key is scoped to one end user and cannot create another. Use a project key.');
  }
  const id = call.ids.next('eu');
  if (!call.claim?.completed) {
    await deps.endUsers.create({
      id,
      projectId: tenant.projectId,
      mode: tenant.mode,
      externalId: body.external_id ?? null,
      name: body.name ?? null,
      metadata: body.metadata ?? {},
      createdAt: deps.clock.now().toISOString(),
    });
  }
  return created(presentEndUser(await loadEndUser(deps, tenant, id)));
}

export async function getEndUser({ tenant, params }: Call<OneEndUser>, deps: Dependencies) {
  return ok(presentEndUser(await loadEndUser(deps, tenant, params.end_user_id)));
}

export async function listEndUsers({ tenant, query }: Call<{ query: z.output<typeof listQuery> }>, deps: Dependencies) {
  const filter = query.external_id === undefined ? {} : { externalId: query.external_id };
  const after = decodeCursor(endUserId, query.cursor);
  return ok(envelope(await deps.endUsers.list(tenant, filter, { limit: query.limit, after }), presentEndUser));
}

/** A durable workflow erases the end user with all that is theirs; nothing of it shows from now on. */
export async function deleteEndUser({ tenant, params }: Call<OneEndUser>, deps: Dependencies) {
  const { id } = await loadEndUser(deps, tenant, params.end_user_id);
  await deps.libraryGateway.startErasure(tenant, { type: 'end_user', id });
  await deps.endUsers.hide(tenant, id);
  return accepted({ id, status: 'deleting' as const });
}
