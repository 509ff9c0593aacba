import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import { CANCELLED, INTERRUPTED, type TurnError } from '../../src/domain/ask/turn.ts';
import type { TurnReceipt, TurnRequest } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { answerQuestion } from './answer-question.ts';
import type { SessionSteps } from './session-steps.ts';
import type { SessionTurns } from './session-turns.ts';

/** Runs one turn to its end. A failure is recorded and told by the receipt, never thrown. */
export async function runTurn(request: TurnRequest, turns: SessionTurns, steps: SessionSteps): Promise<TurnReceipt> {
  const { turnId } = request;
  try {
    turns.complete(turnId, await answerQuestion(request, turns, steps));
    return receipt({ status: 'completed' });
  } catch (error) {
    const outcome = outcomeOf(error, turns.cancelRequested(turnId));
    turns.fail(turnId, outcome.status, outcome.error);
    const message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));
    if (message === null) return receipt(outcome);
    // An attempt had stored it all the same.
    turns.complete(turnId, { sessionId: message.sessionId, turnId, message });
    return receipt({ status: 'completed' });
  }

  function receipt(outcome: TurnReceipt['outcome']): TurnReceipt {
    return { turnId, messageId: turns.turn(turnId).messageId, runId: workflowInfo().runId, outcome };
  }
}

/** Only a client's own cancel makes a turn `cancelled`; one that an operator cut off with its run is failed, and safe to repeat. */
function outcomeOf(error: unknown, requested: boolean): { status: 'failed' | 'cancelled'; error: TurnError } {
  if (!isCancellation(error)) return { status: 'failed', error: fromFailure(error) };
  return requested ? { status: 'cancelled', error: CANCELLED } : { status: 'failed', error: INTERRUPTED };
}
