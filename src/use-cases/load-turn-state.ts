import type { Tenant } from '../domain/access/tenant.ts';
import { isFinished, type Turn } from '../domain/ask/turn.ts';
import { notFound } from '../domain/shared/errors.ts';
import type { SessionId, TurnId } from '../domain/shared/ids.ts';
import type { SessionGateway, TurnState } from '../ports/ask/session-gateway.ts';
import type { SessionStore } from '../ports/ask/session-store.ts';

export interface TurnReads {
  sessions: Pick<SessionStore, 'findTurn' | 'findAnswer'>;
  sessionGateway: Pick<SessionGateway, 'turn'>;
}

/** The state of a turn, and whether it is lost: not finished, and no run will finish it any more. */
export type LoadedTurnState = TurnState & { isLost: boolean };

/**
 * Loads how far a turn is. A finished turn stands in the database; of one that still runs only the workflow knows more.
 * @throws AskError `not_found`
 */
export async function loadTurnState(
  { sessions, sessionGateway }: TurnReads,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<LoadedTurnState> {
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
  if (state === null) throw notFound('turn', turnId);
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
