import { INTERRUPTED } from '../../domain/ask/turn.ts';
import type { AskCommand, SessionGateway, TurnOutcome } from '../../ports/ask/session-gateway.ts';
import { type SettleDependencies, settleTurn } from './settle-turn.ts';

/** Runs a turn and waits for its end. @throws AskError `turn_in_progress` when that takes too long */
export async function askQuestion(
  deps: { sessionGateway: Pick<SessionGateway, 'ask'> } & SettleDependencies,
  command: AskCommand,
): Promise<TurnOutcome> {
  const outcome = await deps.sessionGateway.ask(command);
  if (outcome.status !== 'interrupted') return outcome;
  // The question may be stored already; asking again is safe.
  const { turn, answer } = await settleTurn(deps, command.tenant, command.session.id, command.turnId);
  if (answer !== null) {
    return { status: 'completed', result: { sessionId: command.session.id, turnId: command.turnId, message: answer } };
  }
  return { status: 'failed', messageId: turn?.messageId ?? command.question.id, error: INTERRUPTED };
}
