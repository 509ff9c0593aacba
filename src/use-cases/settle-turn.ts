import type { Tenant } from '../domain/access/tenant.ts';
import { isFinished, type Turn, type TurnError } from '../domain/ask/turn.ts';
import type { SessionId, TurnId } from '../domain/shared/ids.ts';
import type { TurnState } from '../ports/ask/session-gateway.ts';
import type { SessionStore } from '../ports/ask/session-store.ts';
import type { Clock } from '../ports/clock.ts';
import { loadTurnState, type TurnReads } from './load-turn-state.ts';

export interface SettleDependencies {
  sessions: Pick<SessionStore, 'findTurn' | 'recordFailure'>;
  clock: Clock;
}

/** Why a turn ended whose run was ended from outside. */
export const INTERRUPTED: TurnError = {
  kind: 'provider_error',
  message: 'The turn was stopped before it was answered. Send the message again to have it answered.',
  details: { reason: 'cancelled', retryable: true },
};

/**
 * Ends a turn that no run will end any more. A finished turn stays as it is.
 * @returns the turn as it was found; null when it was never stored
 */
export async function settleTurn(
  { sessions, clock }: SettleDependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<Turn | null> {
  const turn = await sessions.findTurn(tenant, sessionId, turnId);
  if (turn !== null && !isFinished(turn.status)) {
    const completedAt = clock.now().toISOString();
    await sessions.recordFailure(tenant, { ...turn, status: 'cancelled', error: INTERRUPTED, completedAt });
  }
  return turn;
}

/** Loads how far a turn is; a lost one is settled first. @throws AskError `not_found` */
export async function loadSettledTurn(
  deps: TurnReads & SettleDependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<TurnState> {
  const state = await loadTurnState(deps, tenant, sessionId, turnId);
  if (!state.isLost) return state;
  await settleTurn(deps, tenant, sessionId, turnId);
  return loadTurnState(deps, tenant, sessionId, turnId);
}
