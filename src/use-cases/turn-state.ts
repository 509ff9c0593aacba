import type { Tenant } from '../domain/access/tenant.ts';
import { isFinished } from '../domain/ask/turn.ts';
import { notFound, unavailable } from '../domain/shared/errors.ts';
import type { SessionId, TurnId } from '../domain/shared/ids.ts';
import type { Dependencies } from '../http/kernel/lib/dependencies.ts';
import type { LiveTurn } from '../ports/ask/session-gateway.ts';

/** A turn: with its result once it is completed, with what it rests on from when that is known until then. */
export type StandingTurn = LiveTurn;

/**
 * A finished turn stands in the database; of one on its way only the workflow knows how far it is.
 * @throws AskError `not_found` when both say that they do not know it, `unavailable` while the workflow does not answer.
 */
export async function standingTurn(
  deps: Dependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<StandingTurn> {
  const stored = await storedTurn(deps, tenant, sessionId, turnId);
  if (stored !== null && isFinished(stored.turn.status)) return stored;
  const live = await deps.sessionGateway.turn(tenant, sessionId, turnId);
  if (typeof live !== 'string' && !isFinished(live.turn.status)) return live;
  // It ended between the two looks, and the database knows more of it than the workflow.
  const ended = await storedTurn(deps, tenant, sessionId, turnId);
  if (typeof live !== 'string') return ended !== null && isFinished(ended.turn.status) ? ended : live;
  if (ended !== null) return ended;
  // It may be accepted and wait for a worker: only a run that answers can say that a turn is unknown.
  throw live === 'silent' ? unavailable('The worker') : notFound('turn', turnId);
}

async function storedTurn(
  { sessions }: Dependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<StandingTurn | null> {
  const turn = await sessions.findTurn(tenant, sessionId, turnId);
  if (turn === null) return null;
  const answered = turn.status === 'completed';
  const message = answered ? await sessions.findAnswer(tenant, sessionId, turn.messageId) : null;
  return { turn, result: message && { sessionId, message }, context: null };
}
