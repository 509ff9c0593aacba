import type { Tenant } from '../../src/domain/access/tenant.ts';
import { forRun } from '../../src/domain/ask/erased-words.ts';
import type { RunResult, Turn } from '../../src/domain/ask/turn.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface RecordFailureInput {
  tenant: Tenant;
  turn: Omit<Turn, 'completedAt'>;
}

/**
 * Ends a turn as failed or cancelled. Its question stays, and a later turn may answer it.
 * @returns the answer that an attempt had stored all the same.
 */
export function recordFailure(deps: { sessions: SessionStore; clock: Clock }) {
  return async ({ tenant, turn }: RecordFailureInput): Promise<RunResult['message'] | null> => {
    const completedAt = deps.clock.now().toISOString();
    const answer = await deps.sessions.recordFailure(tenant, { ...turn, completedAt });
    return answer && forRun(answer);
  };
}
