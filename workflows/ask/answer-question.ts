import { CancellationScope, isCancellation, patched, workflowInfo } from '@temporalio/workflow';
import type { RecordedTurn } from '../../activities/ask/record-question.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { CANCELLED, INTERRUPTED, type RunResult, type TurnError } from '../../src/domain/ask/turn.ts';
import type { TurnReceipt, TurnRequest } from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { referenceTo, type SessionSteps } from './session-steps.ts';
import type { SessionTurns } from './session-turns.ts';

/** Imports of one recording that follow each other so closely are left to the client's repeat. */
const MOST_GATHERINGS = 3;

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
    const outcome = outcomeOf(error, turns.cancelRequested(turnId));
    turns.fail(turnId, outcome.status, outcome.error);
    const message = await CancellationScope.nonCancellable(() => steps.recordFailure(turns.turn(turnId)));
    if (message === null) return receipt(outcome);
    turns.complete(turnId, { sessionId: message.sessionId, message });
    return receipt({ status: 'completed' });
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
): Promise<RunResult> {
  const { turnId } = request;
  const [recorded, gathered] = await begun(request, turns, steps, scope);
  turns.adopt(turnId, recorded.messageId);
  if (recorded.answer !== null) return { sessionId: recorded.answer.sessionId, message: recorded.answer };
  if (turns.cancelRequested(turnId)) scope.cancel();
  const { answer, context } = await scope.run(async () => {
    let context = await gathered();
    for (let gatherings = 1; ; gatherings++) {
      turns.found(turnId, context);
      try {
        return { answer: await steps.generateAnswer(request, recorded, context), context };
      } catch (error) {
        // What it should rest on was replaced or deleted since it was gathered.
        if (gatherings === MOST_GATHERINGS || fromFailure(error).kind !== 'context_changed') throw error;
      }
      context = await steps.gatherContext(request);
    }
  });
  return CancellationScope.nonCancellable(() => steps.recordAnswer(request, recorded, answer, context));
}

type Begun = [RecordedTurn, gathered: () => Promise<ContextReference>];

/** Records the question, whatever is cancelled, and gathers the context meanwhile. */
async function begun(
  request: TurnRequest,
  turns: SessionTurns,
  steps: SessionSteps,
  scope: CancellationScope,
): Promise<Begun> {
  if (!steps.beginInOne) return begunByTwoSteps(request, turns, steps, scope);
  turns.retrieving(request.turnId);
  const { context, ...recorded } = await CancellationScope.nonCancellable(() => steps.beginTurn(request));
  return [recorded, async () => (context ? referenceTo(context) : steps.gatherContext(request))];
}

async function begunByTwoSteps(
  request: TurnRequest,
  turns: SessionTurns,
  steps: SessionSteps,
  scope: CancellationScope,
): Promise<Begun> {
  const record = () => CancellationScope.nonCancellable(() => steps.recordQuestion(request));
  const gather = () => {
    turns.retrieving(request.turnId);
    return steps.gatherContext(request);
  };
  if (!steps.gatherWhileRecording && !patched('gather-while-recording')) return [await record(), gather];
  const [recorded, gathered] = await Promise.allSettled([record(), scope.run(gather)]);
  if (recorded.status === 'rejected') throw recorded.reason;
  return [
    recorded.value,
    async () => (gathered.status === 'fulfilled' ? gathered.value : Promise.reject(gathered.reason)),
  ];
}

/** Only a client's own cancel makes a turn `cancelled`; one that an operator cut off with its run is failed, and safe to repeat. */
function outcomeOf(error: unknown, requested: boolean): { status: 'failed' | 'cancelled'; error: TurnError } {
  if (!isCancellation(error)) return { status: 'failed', error: fromFailure(error) };
  return requested ? { status: 'cancelled', error: CANCELLED } : { status: 'failed', error: INTERRUPTED };
}
