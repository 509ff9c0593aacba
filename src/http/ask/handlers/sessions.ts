import { z } from 'zod';
import { isQuestion } from '../../../domain/ask/message.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { SessionId } from '../../../domain/shared/ids.ts';
import { filterVisibleSessions, loadSession } from '../../../use-cases/load-visible.ts';
import { decodeCursor, envelope } from '../../kernel/lib/cursor.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { namedEndUser } from '../../kernel/lib/end-user-fence.ts';
import { noContent, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { sessionId } from '../../kernel/schemas/id-schemas.ts';
import { presentMessage } from '../presenters/present-message.ts';
import { presentSession } from '../presenters/present-session.ts';
import type {
  listMessages as messagesQuery,
  patchSession as patchBody,
  listSessions as sessionsQuery,
} from '../schemas/ask-schemas.ts';

type OneSession = { params: { session_id: SessionId } };

const sessionCursor = z.strictObject({ activityAt: z.iso.datetime(), id: sessionId });
const messageCursor = z.int().min(0);

export async function getSession(call: Call<OneSession>, deps: Dependencies) {
  return ok(presentSession(await loadSession(deps, call.tenant, call.params.session_id)));
}

/** Newest activity first. */
export async function listSessions(
  { tenant, query }: Call<{ query: z.output<typeof sessionsQuery> }>,
  deps: Dependencies,
) {
  const endUserId = namedEndUser(tenant, query.end_user_id);
  const filter = {
    ...(endUserId && { endUserId }),
    ...(query.scope_type && { scopeType: query.scope_type }),
    ...(query.recording_id && { recordingId: query.recording_id }),
    ...(query.q && { titleContains: query.q }),
  };
  const after = decodeCursor(sessionCursor, query.cursor);
  const page = await deps.sessions.list(tenant, filter, { limit: query.limit, after });
  const items = await filterVisibleSessions(deps, tenant, page.items);
  return ok(envelope({ ...page, items }, presentSession));
}

/** Oldest first. */
export async function listMessages(
  { tenant, params, query }: Call<OneSession & { query: z.output<typeof messagesQuery> }>,
  deps: Dependencies,
) {
  const session = await loadSession(deps, tenant, params.session_id);
  const after = decodeCursor(messageCursor, query.cursor);
  const page = await deps.sessions.listMessages(tenant, session.id, { limit: query.limit, after });
  const turns = await deps.sessions.latestTurns(tenant, session.id, page.items.filter(isQuestion));
  return ok(envelope(page, (message) => presentMessage(message, turns)));
}

export async function patchSession(
  { tenant, params, body }: Call<OneSession & { body: z.output<typeof patchBody> }>,
  deps: Dependencies,
) {
  const { id } = await loadSession(deps, tenant, params.session_id);
  const renamed = await deps.sessions.rename(tenant, id, body.title);
  if (renamed === null) throw notFound('session', id);
  return ok(presentSession(renamed));
}

/** Starts the erasure first, so that nothing can stop it any more, then hides the session at once. */
export async function deleteSession({ tenant, params }: Call<OneSession>, deps: Dependencies) {
  const { id } = await loadSession(deps, tenant, params.session_id);
  const { ended } = await deps.libraryGateway.startErasure(tenant, { type: 'session', id });
  await deps.sessions.hide(tenant, id);
  await ended;
  return noContent();
}
