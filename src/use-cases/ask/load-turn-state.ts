import type { Tenant } from '../../domain/access/tenant.ts';
import { isFinished, type Turn } from '../../domain/ask/turn.ts';
import { notFound, unavailable } from '../../domain/shared/errors.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { SessionGateway, TurnState } from '../../ports/ask/session-gateway.ts';
import type { SessionStore } from '../../ports/ask/session-store.ts';

export interface TurnReads {
  sessions: Pick<SessionStore, 'findTurn' | 'findAnswer'>;
  sessionGateway: Pick<SessionGateway, 'turn'>;
}

/**
 * Loads how far a turn is. A finished turn stands in the database; of one that still runs only the workflow knows more.
 * @returns the state; `isLost` when the turn is not finished and no run will finish it any more
 * @throws AskError `not_found` when both say that they do not know it, `unavailable` while the workflow does not answer
 */
export async function loadTurnState(
  { sessions, sessionGateway }: TurnReads,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<TurnState & { isLost: boolean }> {
  const find = async () => {
    const turn = await sessions.findTurn(tenant, sessionId, turnId);
    return turn && withStoredAnswer(sessions, tenant, turn);
  };
  const stored = await find();
  if (stored !== null && isFinished(stored.turn.status)) return { ...stored, isLost: false };
  const running = await sessionGateway.turn(sessionId, turnId);
  const live = running === 'unknown' ? null : running;
  if (live !== null && !isFinished(live.turn.status)) return { ...live, isLost: false };
  // It ended between the two looks, and the database knows more of it than the workflow.
  const ended = await find();
  const state = live !== null && ended !== null && !isFinished(ended.turn.status) ? live : (ended ?? live);
  // It may be accepted and wait for a worker: only a run that answers can say that a turn is unknown.
  if (state === null) throw running === null ? unavailable('The worker') : notFound('turn', turnId);
  return { ...state, isLost: running === 'unknown' && !isFinished(state.turn.status) };
}

/** The state of a stored turn. */
export async function withStoredAnswer(
  sessions: Pick<SessionStore, 'findAnswer'>,
  tenant: Tenant,
  turn: Turn,
): Promise<TurnState> {
  const { sessionId, messageId, status } = turn;
  const message = status === 'completed' ? await sessions.findAnswer(tenant, sessionId, messageId) : null;
  return { turn, result: message && { sessionId, turnId: turn.id, message }, context: null };
}
