import { AskError, notFound } from '../../domain/errors.ts';
import type { SessionId, TurnId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { type AskResult, isFinished, type Turn } from '../../domain/turn.ts';
import type { Dependencies } from '../dependencies.ts';
import { presentTimeline } from '../presenters/timeline.ts';
import { presentTurn } from '../presenters/turn.ts';
import { ok } from '../reply.ts';
import type { Call } from '../route.ts';
import { visibleSession } from '../visible.ts';

type OneTurn = { params: { session_id: SessionId; turn_id: TurnId } };

export async function getTurn({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await visibleSession(deps, tenant, params.session_id);
  const { turn, result } = await currentTurn(deps, tenant, id, params.turn_id);
  return ok(presentTurn(turn, result));
}

/** What ran in a turn, as the history of its run tells it. */
export async function getTurnTimeline({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await visibleSession(deps, tenant, params.session_id);
  const { turn } = await currentTurn(deps, tenant, id, params.turn_id);
  const timeline = await deps.turnTimelines.find(turn);
  if (timeline === null)
    throw new AskError('not_found', 'The run of this turn is no longer kept. Its answer still stands in the session.');
  return ok(presentTimeline(turn, timeline));
}

/** Stops a turn, queued or running. A finished one comes back unchanged. */
export async function cancelTurn({ tenant, params }: Call<OneTurn>, deps: Dependencies) {
  const { id } = await visibleSession(deps, tenant, params.session_id);
  const before = await currentTurn(deps, tenant, id, params.turn_id);
  if (isFinished(before.turn.status)) return ok(presentTurn(before.turn, before.result));
  await deps.sessionGateway.cancel(id, params.turn_id);
  const { turn, result } = await currentTurn(deps, tenant, id, params.turn_id);
  return ok(presentTurn(turn, result));
}

/** A finished turn stands in the database; of one on its way only the workflow knows how far it is. */
async function currentTurn(deps: Dependencies, tenant: Tenant, sessionId: SessionId, turnId: TurnId) {
  const stored = await storedTurn(deps, tenant, sessionId, turnId);
  if (stored !== null && isFinished(stored.turn.status)) return stored;
  const live = await deps.sessionGateway.turn(tenant, sessionId, turnId);
  if (live !== null && !isFinished(live.turn.status)) return live;
  // It ended between the two looks, and the database knows more of it than the workflow.
  const ended = await storedTurn(deps, tenant, sessionId, turnId);
  const found = live !== null && ended !== null && !isFinished(ended.turn.status) ? live : (ended ?? live);
  if (found === null) throw notFound('turn', turnId);
  return found;
}

async function storedTurn(
  { sessions }: Dependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<{ turn: Turn; result: AskResult | null } | null> {
  const turn = await sessions.findTurn(tenant, sessionId, turnId);
  if (turn === null) return null;
  const answered = turn.status === 'completed';
  const message = answered ? await sessions.findAnswer(tenant, sessionId, turn.messageId) : null;
  return { turn, result: message && { sessionId, message } };
}
