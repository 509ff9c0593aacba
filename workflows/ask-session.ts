import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TurnId } from '../src/domain/ids.ts';
import { answerQuestion } from './answer-question.ts';
import {
  askResultQuery,
  askUpdate,
  cancelTurnUpdate,
  openUpdate,
  QUEUE_FULL,
  SESSION_ROTATING,
  type SessionInput,
  type TurnReceipt,
  type TurnRequest,
} from './contract.ts';
import { sessionSteps } from './session-steps.ts';
import { SessionTurns } from './session-turns.ts';
import { showOutcome } from './show-outcome.ts';

/**
 * One ask session: it answers the turns that arrive, one after another, and closes when none has come for a while. The
 * next message starts it again under the same id. The database is the record; this run carries only what is in flight.
 */
export async function askSession(input: SessionInput): Promise<void> {
  const turns = new SessionTurns(input.sessionId);
  const steps = sessionSteps(input, (step) => setCurrentDetails(turns.describe(step)));
  const scopes = new Map<TurnId, CancellationScope>();

  setHandler(askResultQuery, (turnId) => turns.snapshot(turnId), {
    description: 'How far a turn is, and its answer. Never fails: an unknown turn is null.',
  });
  setHandler(openUpdate, () => CancellationScope.nonCancellable(() => steps.open()), {
    description: 'Stores the session.',
  });
  setHandler(askUpdate, (request) => turns.inOrder(request, () => runTurn(request)), {
    validator: refuseWhenFull,
    description: 'Answers one message: record the question, gather the context, ask the model, record the answer.',
  });
  setHandler(cancelTurnUpdate, cancelTurn, { description: 'Stops a turn, queued or running.' });

  async function runTurn(request: TurnRequest): Promise<TurnReceipt> {
    const scope = new CancellationScope();
    scopes.set(request.turnId, scope);
    try {
      const receipt = await answerQuestion(request, turns, steps, scope);
      showOutcome(turns.snapshot(request.turnId));
      return receipt;
    } finally {
      scopes.delete(request.turnId);
      setCurrentDetails(turns.describe('about to begin'));
    }
  }

  async function cancelTurn(turnId: TurnId): Promise<void> {
    turns.requestCancel(turnId);
    scopes.get(turnId)?.cancel();
    await condition(() => turns.isOver(turnId));
  }

  function refuseWhenFull(_request: TurnRequest): void {
    // Back-to-back clients would keep a full history from ever being continued as new.
    if (workflowInfo().continueAsNewSuggested) throw refusal(SESSION_ROTATING);
    if (turns.waiting >= input.settings.maxQueued) throw refusal(QUEUE_FULL);
  }

  await untilIdle(turns, input, () => ({ ...input, create: steps.isOpen() ? null : input.create }));
}

/**
 * The loop of temporal.md 1.1. Idle time counts from the end of the last turn, and the last look before the return has
 * no await after it, so that no turn can slip in between.
 */
async function untilIdle(turns: SessionTurns, input: SessionInput, next: () => SessionInput): Promise<void> {
  try {
    for (;;) {
      await condition(allHandlersFinished);
      if (workflowInfo().continueAsNewSuggested && allHandlersFinished())
        await continueAsNew<typeof askSession>(next());
      const arrived = turns.arrived;
      const woke = await condition(
        () => turns.arrived !== arrived || workflowInfo().continueAsNewSuggested,
        input.settings.idleMs,
      );
      if (!woke && turns.arrived === arrived && allHandlersFinished()) return;
    }
  } catch (error) {
    // An operator's Cancel: closing under a running handler would wedge the workflow task.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
    throw error;
  }
}

function refusal(type: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The session takes no further turn right now. Send it again shortly.', type);
}
