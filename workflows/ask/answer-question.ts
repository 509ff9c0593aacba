import { CancellationScope } from '@temporalio/workflow';
import type { RunResult } from '../../src/domain/ask/turn.ts';
import type { TurnRequest } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import type { SessionSteps } from './session-steps.ts';
import type { SessionTurns } from './session-turns.ts';

/** Imports of one recording that follow each other so closely are left to the client's repeat. */
const MOST_GATHERINGS = 3;

/** One turn: record the question, gather the context, ask the model, record the answer. */
export async function answerQuestion(
  request: TurnRequest,
  turns: SessionTurns,
  steps: SessionSteps,
): Promise<RunResult> {
  const { turnId } = request;
  const scope = new CancellationScope();
  turns.onCancel(turnId, () => scope.cancel());

  const question = await steps.recordQuestion(request, scope);
  turns.adopt(turnId, question.messageId);
  if (question.answer !== null) return { sessionId: question.answer.sessionId, turnId, message: question.answer };
  // A turn that was cancelled in the queue ends here: its question is recorded, and no model is paid.
  if (turns.cancelRequested(turnId)) scope.cancel();

  const { context, answer } = await scope.run(async () => {
    let context = await steps.gatherContext(question);
    for (let gatherings = 1; ; gatherings++) {
      turns.found(turnId, context);
      try {
        return { context, answer: await steps.askModel(request, question, context) };
      } catch (error) {
        // What it should rest on was replaced or deleted since it was gathered.
        if (gatherings === MOST_GATHERINGS || fromFailure(error).kind !== 'context_changed') throw error;
      }
      context = await steps.gatherAgain(request);
    }
  });
  return CancellationScope.nonCancellable(() => steps.recordAnswer(request, question, answer, context));
}
