import type { z } from 'zod';
import { narrowToEndUser, type Tenant } from '../../../domain/access/tenant.ts';
import type { SessionScope } from '../../../domain/ask/scope.ts';
import { type NewSession, sessionTitle } from '../../../domain/ask/session.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import type { EndUserId, SessionId } from '../../../domain/shared/ids.ts';
import { assertCanAsk } from '../../../use-cases/ask/assert-can-ask.ts';
import { loadEndUser, loadRecording, loadRecordings, loadSession } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { namedEndUser, requiredEndUser } from '../../kernel/lib/end-user-fence.ts';
import { created } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentSession } from '../presenters/present-session.ts';
import type { createSession as schema } from '../schemas/ask-schemas.ts';
import { runTurn } from './run-turn.ts';
import { toFilters } from './to-filters.ts';
import { loadEarlierTurn, replyWithStoredAnswer } from './turn-replies.ts';

type Body = z.output<typeof schema>;
/** The session's owner and scope, and for recording scope the recording. */
interface Place {
  place: Pick<NewSession, 'endUserId' | 'scope' | 'recordingTitle'>;
  recording: Recording | null;
}

/** Creates a session and, with an initial message, answers it. */
export async function createSession(call: Call<{ body: Body }>, deps: Dependencies) {
  const { body, tenant, ids } = call;
  const sessionId = ids.next('as');
  const turnId = ids.next('trn');
  const message = body.initial_message;
  if (message === undefined) return openSession(call, deps, sessionId);

  const earlier = await loadEarlierTurn(call, deps, sessionId, turnId);
  const stored = await replyWithStoredAnswer(call, deps, earlier);
  if (stored) return stored;
  const { place, recording } = await placeOf(deps, tenant, body);
  const contextRefs = message.context_refs ?? [];
  const filters = toFilters(message.filters);
  const { provider } = message;
  const question = { recording, scope: place.scope, endUserId: place.endUserId, contextRefs, filters, provider };
  await assertCanAsk(deps, tenant, question, deps.settings);
  const session = newSession(call, deps, sessionId, place);
  return runTurn(call, deps, { session, create: true, turnId, message, earlier });
}

async function openSession(call: Call<{ body: Body }>, deps: Dependencies, sessionId: SessionId) {
  if (!call.claim?.completed) {
    const { place } = await placeOf(deps, call.tenant, call.body);
    await deps.sessionGateway.open(newSession(call, deps, sessionId, place));
  }
  call.about(sessionId);
  return created(presentSession(await loadSession(deps, call.tenant, sessionId)));
}

function newSession(
  { tenant, body }: Call<{ body: Body }>,
  deps: Dependencies,
  id: SessionId,
  place: Place['place'],
): NewSession {
  return {
    id,
    projectId: tenant.projectId,
    mode: tenant.mode,
    ...place,
    title: sessionTitle(body.title, body.initial_message?.content),
    createdAt: deps.clock.now().toISOString(),
  };
}

/** Everything that the session names must exist and belong to its end user. */
async function placeOf(deps: Dependencies, tenant: Tenant, body: Body): Promise<Place> {
  const scope = domainScope(body.scope);
  if (scope.type === 'recording') {
    const named = namedEndUser(tenant, body.end_user_id);
    const recording = await loadRecording(deps, tenant, scope.recordingId);
    const { endUserId, name } = recording;
    assertOwner(endUserId, named);
    return { place: { endUserId, scope, recordingTitle: name }, recording };
  }
  const endUserId = requiredEndUser(tenant, body.end_user_id);
  await loadEndUser(deps, tenant, endUserId);
  if (scope.type === 'selected') await loadRecordings(deps, narrowToEndUser(tenant, endUserId), scope.recordingIds);
  return { place: { endUserId, scope, recordingTitle: null }, recording: null };
}

function domainScope(scope: Body['scope']): SessionScope {
  switch (scope.type) {
    case 'recording':
      return { type: 'recording', recordingId: scope.recording_id };
    case 'selected':
      return { type: 'selected', recordingIds: scope.recording_ids };
    case 'library':
      return { type: 'library' };
  }
}

function assertOwner(owner: EndUserId, named: EndUserId | undefined): void {
  if (named === undefined || named === owner) return;
  throw invalidField('end_user_id', "is not the recording's owner; leave it out or name the owner");
}
