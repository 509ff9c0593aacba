import { isFinished, type Turn } from '../../../domain/ask/turn.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import { FEED_LIFETIME_MS } from '../../../ports/ask/turn-feed.ts';
import { loadTrace } from '../../../use-cases/answering/load-trace.ts';
import { loadSettledTurn } from '../../../use-cases/ask/settle-turn.ts';
import { loadSession } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentTimeline } from '../presenters/present-timeline.ts';
import { presentTrace } from '../presenters/present-trace.ts';
import { presentTurn } from '../presenters/present-turn.ts';
import { eventStream } from '../stream/event-stream.ts';

type OneTurn = { params: { session_id: SessionId; turn_id: TurnId } };

export async function getTurn({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await loadSession(deps, tenant, params.session_id);
  const { turn, result } = await loadSettledTurn(deps, tenant, id, params.turn_id);
  return ok(presentTurn(turn, result));
}

/** The steps of a turn, from the history of its run. */
export async function getTurnTimeline({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await loadSession(deps, tenant, params.session_id);
  const { turn } = await loadSettledTurn(deps, tenant, id, params.turn_id);
  const timeline = await deps.turnTimelines.find(turn);
  if (timeline === null)
    throw new AskError('not_found', 'The run of this turn is no longer kept. Its answer still stands in the session.');
  return ok(presentTimeline(turn, timeline, tenant.endUserId === null));
}

/** How a turn came to its answer. An end user's key sees no prompts: those are the operator's. */
export async function getTurnTrace({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const session = await loadSession(deps, tenant, params.session_id);
  const { turn } = await loadSettledTurn(deps, tenant, session.id, params.turn_id);
  const trace = await loadTrace(deps, tenant, { session, turn, withText: tenant.endUserId === null });
  return ok(presentTrace(turn, trace));
}

/** Stops a turn, queued or running. A finished one comes back unchanged. */
export async function cancelTurn({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await loadSession(deps, tenant, params.session_id);
  const before = await loadSettledTurn(deps, tenant, id, params.turn_id);
  if (isFinished(before.turn.status)) return ok(presentTurn(before.turn, before.result));
  await deps.sessionGateway.cancel(id, params.turn_id);
  const { turn, result } = await loadSettledTurn(deps, tenant, id, params.turn_id);
  return ok(presentTurn(turn, result));
}

/** Follows a turn, from its beginning or from where the client's stream broke off. */
export async function followTurn({ tenant, params, lastEventId }: Call<OneTurn>, deps: Dependencies) {
  const session = await loadSession(deps, tenant, params.session_id);
  const turnId = params.turn_id;
  const loadState = () => loadSettledTurn(deps, tenant, session.id, turnId);
  const { turn } = await loadState();
  assertKept(deps, turn);
  if (!isFinished(turn.status)) await deps.feed.subscribe({ owner: session, sessionId: session.id, turnId });
  return eventStream(deps.subscribeToTurn({ tenant, sessionId: session.id, turnId, loadState }), lastEventId);
}

function assertKept({ clock }: Dependencies, { completedAt }: Turn): void {
  if (completedAt === null || clock.now().getTime() - Date.parse(completedAt) < FEED_LIFETIME_MS) return;
  throw new AskError('gone', 'The events of this turn are no longer kept. Read the turn itself.');
}
