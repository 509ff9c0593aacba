import type { Tenant } from '../../domain/access/tenant.ts';
import type { AssistantMessage } from '../../domain/ask/message.ts';
import { INTERRUPTED, isFinished, type Turn } from '../../domain/ask/turn.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { TurnState } from '../../ports/ask/session-gateway.ts';
import type { SessionStore } from '../../ports/ask/session-store.ts';
import type { Clock } from '../../ports/clock.ts';
import { loadTurnState, type TurnReads } from './load-turn-state.ts';

export interface SettleDependencies {
  sessions: Pick<SessionStore, 'findTurn' | 'findAnswer' | 'recordFailure'>;
  clock: Clock;
}

export interface SettledTurn {
  /** As it was found; null when it was never stored. */
  turn: Turn | null;
  /** The answer that stands after all, which is its end. */
  answer: AssistantMessage | null;
}

/** Ends a turn that no run will end any more. A finished turn stays as it is. */
export async function settleTurn(
  { sessions, clock }: SettleDependencies,
  tenant: Tenant,
  sessionId: SessionId,
  turnId: TurnId,
): Promise<SettledTurn> {
  const turn = await sessions.findTurn(tenant, sessionId, turnId);
  if (turn === null) return { turn, answer: null };
  if (turn.status === 'completed')
    return { turn, answer: await sessions.findAnswer(tenant, sessionId, turn.messageId) };
  if (isFinished(turn.status)) return { turn, answer: null };
  const completedAt = clock.now().toISOString();
  const failed = { ...turn, status: 'failed', error: INTERRUPTED, completedAt } as const;
  return { turn, answer: await sessions.recordFailure(tenant, failed) };
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
