import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { AskResult, TurnError } from '../src/domain/turn.ts';
import { fromFailure } from '../src/failures.ts';
import type { TurnReceipt, TurnRequest } from './contract.ts';
import type { SessionSteps } from './session-steps.ts';
import type { SessionTurns } from './session-turns.ts';

/** One turn: record the question, gather the context, ask the model, record the answer. */
export async function answerQuestion(
  request: TurnRequest,
  turns: SessionTurns,
  steps: SessionSteps,
  scope: CancellationScope,
): Promise<TurnReceipt> {
  const { turnId } = request;
  try {
    turns.complete(turnId, await answered(request, turns, steps, scope));
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

async function answered(
  request: TurnRequest,
  turns: SessionTurns,
  steps: SessionSteps,
  scope: CancellationScope,
): Promise<AskResult> {
  const { turnId } = request;
  // Whatever is cancelled: the question is kept, and so is an answer that was paid for.
  const recorded = await CancellationScope.nonCancellable(() => steps.recordQuestion(request));
  turns.adopt(turnId, recorded.messageId);
  if (recorded.answer !== null) return { sessionId: recorded.answer.sessionId, message: recorded.answer };
  if (turns.cancelRequested(turnId)) scope.cancel();
  const { answer, sources } = await scope.run(async () => {
    turns.retrieving(turnId);
    const context = await steps.gatherContext(recorded.messageId);
    turns.found(turnId, context.sources);
    return { answer: await steps.generateAnswer(request, recorded, context), sources: context.sources };
  });
  return CancellationScope.nonCancellable(() => steps.recordAnswer(turnId, recorded.messageId, answer, sources));
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
