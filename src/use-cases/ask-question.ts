import type { AskCommand, SessionGateway, TurnOutcome } from '../ports/ask/session-gateway.ts';
import { INTERRUPTED, type SettleDependencies, settleTurn } from './settle-turn.ts';

/** Runs a turn and waits for its end. @throws AskError `turn_in_progress` when that takes too long */
export async function askQuestion(
  deps: { sessionGateway: Pick<SessionGateway, 'ask'> } & SettleDependencies,
  command: AskCommand,
): Promise<TurnOutcome> {
  const outcome = await deps.sessionGateway.ask(command);
  if (outcome.status !== 'interrupted') return outcome;
  // The question may be stored already; asking again is safe.
  const turn = await settleTurn(deps, command.tenant, command.session.id, command.turnId);
  return { status: 'cancelled', messageId: turn?.messageId ?? command.question.id, error: INTERRUPTED };
}
