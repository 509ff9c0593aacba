import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { TurnError } from '../../src/domain/ask/turn.ts';
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
    const outcome = outcomeOf(error);
    turns.fail(turnId, outcome.status, outcome.error);
    await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));
    return receipt(outcome);
  }

  function receipt(outcome: TurnReceipt['outcome']): TurnReceipt {
    return { turnId, messageId: turns.turn(turnId).messageId, runId: workflowInfo().runId, outcome };
  }
}

function outcomeOf(error: unknown): { status: 'failed' | 'cancelled'; error: TurnError } {
  if (!isCancellation(error)) return { status: 'failed', error: fromFailure(error) };
  return {
    status: 'cancelled',
    error: {
      kind: 'provider_error',
      message: 'The turn was cancelled before it was answered. Send the message again to have it answered.',
      details: { reason: 'cancelled', retryable: true },
    },
  };
}
