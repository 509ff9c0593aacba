import type { z } from 'zod';
import type { NewSession } from '../../../domain/ask/session.ts';
import { CANCELLED, isFinished, type Turn } from '../../../domain/ask/turn.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import { questionIdOf, type TurnId } from '../../../domain/shared/ids.ts';
import type { AskCommand } from '../../../ports/ask/session-gateway.ts';
import { askQuestion } from '../../../use-cases/ask/ask-question.ts';
import { loadSettledTurn } from '../../../use-cases/ask/settle-turn.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentAskResult } from '../presenters/present-ask-result.ts';
import { withTurnIds } from '../presenters/with-turn-ids.ts';
import type { sendMessage } from '../schemas/ask-schemas.ts';
import { toFilters } from './to-filters.ts';
import { acceptTurn, streamTurn } from './turn-replies.ts';

export interface TurnToRun {
  session: NewSession;
  /** Whether this question creates the session. */
  create: boolean;
  turnId: TurnId;
  message: z.output<typeof sendMessage>;
  /** What an earlier request with the same `Idempotency-Key` left of this turn. */
  earlier: Turn | null;
}

/** Runs the turn and answers with its result, with its events, or at once with 202, as the client prefers. */
export async function runTurn(call: Call, deps: Dependencies, asked: TurnToRun) {
  call.about(asked.session.id, asked.turnId);
  if (asked.earlier?.status === 'cancelled') throw cancelledBefore(call, asked.earlier);
  const command = commandFrom(call, deps, asked);
  // What ended without an answer runs anew; what still runs is attached to, and its outcome is the earlier request's.
  const replayed = asked.earlier !== null && !command.again;
  if (call.wantsEvents) return { ...(await askStreaming(call, deps, command)), replayed };
  if (call.respondAsync) return { ...(await askAsync(deps, command)), replayed };
  const outcome = await askQuestion(deps, command);
  if (outcome.status === 'completed') return { ...ok(presentAskResult(outcome.result)), replayed };
  const { kind, message, details, retryAfterMs } = withTurnIds(
    { sessionId: asked.session.id, messageId: outcome.messageId },
    outcome.error,
  );
  throw new AskError(kind, message, { ...(details && { details }), ...(retryAfterMs && { retryAfterMs }) });
}

/** A stopped question must not be paid by a client that repeats its request. */
function cancelledBefore(call: Call, turn: Turn): AskError {
  call.replays();
  const { kind, message, details = {} } = withTurnIds(turn, CANCELLED);
  return new AskError(kind, message, { details });
}

function commandFrom(call: Call, deps: Dependencies, asked: TurnToRun): AskCommand {
  const { session, create, turnId, message, earlier } = asked;
  return {
    tenant: call.tenant,
    session,
    create,
    turnId,
    again: earlier?.status === 'failed',
    question: {
      id: questionIdOf(turnId),
      content: message.content,
      contextRefs: message.context_refs ?? [],
      filters: toFilters(message.filters),
      timezone: message.timezone ?? null,
      responseLanguage: message.response_language ?? null,
      createdAt: deps.clock.now().toISOString(),
    },
    provider: message.provider ?? null,
    requestId: call.requestId,
  };
}

/** The answer as it is written. What keeps the turn from beginning is still an error response. */
async function askStreaming(call: Call, deps: Dependencies, command: AskCommand) {
  const { tenant, session, turnId, again } = command;
  await startTurn(deps, { ...command, subscribers: 'now' });
  const loadState = () => loadSettledTurn(deps, tenant, session.id, turnId);
  // The database at first still has the earlier end of a turn that is run again.
  const loadRunning = async () => {
    const live = await deps.sessionGateway.turn(session.id, turnId);
    return live !== null && live !== 'unknown' && !isFinished(live.turn.status) ? live : loadState();
  };
  const place = { id: turnId, sessionId: session.id };
  return streamTurn(call, deps, place, { loadState: again ? loadRunning : loadState, isRerun: again });
}

async function askAsync(deps: Dependencies, command: AskCommand) {
  const { session, turnId } = command;
  await startTurn(deps, { ...command, subscribers: 'maybe' });
  return acceptTurn({ id: turnId, sessionId: session.id, status: 'queued' });
}

async function startTurn(deps: Dependencies, command: AskCommand): Promise<void> {
  // The place that the client is told must be there when it follows.
  if (command.create) await deps.sessionGateway.open(command.session);
  await deps.sessionGateway.askAsync(command);
}
