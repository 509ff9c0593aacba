import type { Tenant } from '../../domain/access/tenant.ts';
import type { AskResult, Turn } from '../../domain/ask/turn.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { TurnState } from '../../ports/ask/session-gateway.ts';
import type { SessionStore } from '../../ports/ask/session-store.ts';
import { loadSession } from '../load-visible.ts';
import { withStoredAnswer } from './load-turn-state.ts';

type SessionReads = Parameters<typeof loadSession>[0];

/**
 * The turn that an earlier request with the same `Idempotency-Key` left; null when it left none.
 * @throws AskError `not_found` when its session was deleted since
 */
export async function findEarlierTurn(
  deps: SessionReads & { sessions: Pick<SessionStore, 'findTurn'> },
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<Turn | null> {
  const turn = await deps.sessions.findTurn(tenant, sessionId, turnId);
  if (turn !== null) await loadSession(deps, tenant, sessionId);
  return turn;
}

/** An earlier turn with its answer, read without waking the workflow; null when it has none. */
export async function findAnsweredTurn(
  { sessions }: { sessions: Pick<SessionStore, 'findAnswer'> },
  tenant: Tenant,
  earlier: Turn | null,
): Promise<(TurnState & { result: AskResult }) | null> {
  if (earlier === null) return null;
  const { result, ...state } = await withStoredAnswer(sessions, tenant, earlier);
  return result && { ...state, result };
}
