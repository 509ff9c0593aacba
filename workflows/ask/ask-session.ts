import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TurnId } from '../../src/domain/shared/ids.ts';
import {
  askResultQuery,
  askUpdate,
  cancelTurnUpdate,
  deleteRunUpdate,
  openUpdate,
  QUEUE_FULL,
  SESSION_ROTATING,
  type SessionInput,
  type TurnReceipt,
  type TurnRequest,
} from '../contract.ts';
import { fromFailure } from '../failures.ts';
import { deleteRun } from './delete-run.ts';
import { eraseLeftovers } from './erase-leftovers.ts';
import { runTurn } from './run-turn.ts';
import { sessionSteps } from './session-steps.ts';
import { SessionTurns } from './session-turns.ts';
import { showOutcome } from './show-outcome.ts';
import { untilIdle } from './until-idle.ts';

/**
 * One ask session: it answers the turns that arrive, one after another, and closes when none has come for a while. The
 * next message starts it again under the same id. The database is the record; this run carries only what is in flight.
 */
export async function askSession(input: SessionInput): Promise<void> {
  const turns = new SessionTurns(input.sessionId, input.create);
  const steps = sessionSteps(input, turns);
  let idleSince = Date.now();

  setHandler(askResultQuery, (turnId) => turns.snapshot(turnId), {
    description: 'How far a turn is, and its answer. Never fails: an unknown turn is null.',
  });
  setHandler(openUpdate, open, { description: 'Stores the session.' });
  setHandler(askUpdate, (request) => turns.inOrder(request, () => ask(request)), {
    validator: refuseWhenFull,
    description: 'Answers one message: record the question, gather the context, ask the model, record the answer.',
  });
  setHandler(cancelTurnUpdate, cancelTurn, { description: 'Stops a turn, queued or running.' });
  setHandler(deleteRunUpdate, () => deleteRun(input), { description: 'Deletes this run with its history.' });

  async function open(): Promise<void> {
    try {
      await CancellationScope.nonCancellable(() => steps.open());
    } catch (error) {
      turns.noteFailure(fromFailure(error));
      throw error;
    }
  }

  async function ask(request: TurnRequest): Promise<TurnReceipt> {
    try {
      const receipt = await runTurn(request, turns, steps);
      showOutcome(turns.snapshot(request.turnId));
      return receipt;
    } finally {
      idleSince = Date.now();
      setCurrentDetails(turns.describe('about to begin'));
    }
  }

  async function cancelTurn(turnId: TurnId): Promise<void> {
    turns.requestCancel(turnId);
    await condition(() => turns.isOver(turnId));
  }

  function refuseWhenFull(_request: TurnRequest): void {
    // A run with a full history must get the chance to continue as new, so it queues no turn behind another one. A turn that
    // finds an empty queue is taken. A refused turn leaves no event, so nothing may follow from it.
    if (workflowInfo().continueAsNewSuggested && turns.waiting > 0) throw refusal(SESSION_ROTATING);
    if (turns.waiting >= input.settings.maxQueued) throw refusal(QUEUE_FULL);
  }

  await untilIdle({
    idleMs: input.settings.idleMs,
    since: () => idleSince,
    isOver: () => turns.sessionSeemsGone,
    continueAsNew: () => continueAsNew<typeof askSession>({ ...input, create: turns.unstored }),
  });
  if (turns.sessionSeemsGone) await eraseLeftovers(input);
}

function refusal(type: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The session takes no further turn right now. Send it again shortly.', type);
}
