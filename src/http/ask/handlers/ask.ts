import type { z } from 'zod';
import type { NewSession } from '../../../domain/ask/session.ts';
import { type AskResult, CANCELLED, isFinished, type Turn } from '../../../domain/ask/turn.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import { questionIdOf, type SessionId, type TurnId } from '../../../domain/shared/ids.ts';
import type { AskCommand } from '../../../ports/ask/session-gateway.ts';
import { visibleSession } from '../../../use-cases/load-visible.ts';
import { type StandingTurn, standingTurn } from '../../../use-cases/turn-state.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { turnFailure } from '../../kernel/lib/turn-failure.ts';
import { presentAskResult } from '../presenters/present-ask-result.ts';
import type { sendMessage } from '../schemas/ask.ts';
import { eventStream } from '../stream/event-stream.ts';
import { turnEvents } from '../stream/turn-events.ts';
import type { Look } from '../stream/turn-reader.ts';

export interface Ask {
  session: NewSession;
  /** Whether this question creates the session. */
  create: boolean;
  turnId: TurnId;
  message: z.output<typeof sendMessage>;
  /** What an earlier request with the same `Idempotency-Key` left of this turn. */
  earlier: Turn | null;
}

/** Runs the turn and answers with its result, with its events, or at once with 202, as the client prefers. */
export async function ask(call: Call, deps: Dependencies, asked: Ask) {
  call.about(asked.session.id);
  if (asked.earlier?.status === 'cancelled') throw cancelledBefore(call, asked.earlier);
  const command = commandOf(call, deps, asked);
  // What ended without an answer runs anew; what still runs is attached to, and its outcome is the earlier request's.
  const replayed = asked.earlier !== null && !command.again;
  if (call.wantsEvents) return { ...(await askAloud(call, deps, command)), replayed };
  if (call.respondAsync) return { ...(await askLater(deps, command)), replayed };
  const outcome = await deps.sessionGateway.ask(command);
  if (outcome.status === 'completed') return { ...ok(presentAskResult(outcome.result)), replayed };
  const { kind, message, details, retryAfterMs } = turnFailure(
    { sessionId: asked.session.id, messageId: outcome.messageId },
    outcome.error,
  );
  throw new AskError(kind, message, { ...(details && { details }), ...(retryAfterMs && { retryAfterMs }) });
}

/** A stopped question must not be paid by a client that repeats its request. */
function cancelledBefore(call: Call, turn: Turn): AskError {
  call.replays();
  const { kind, message, details = {} } = turnFailure(turn, CANCELLED);
  return new AskError(kind, message, { details });
}

/** The turn that an earlier request with the same key left; 404 when its session was deleted meanwhile. */
export async function earlierTurn(call: Call, deps: Dependencies, sessionId: SessionId, turnId: TurnId) {
  if (!call.claim?.replayed) return null;
  const turn = await deps.sessions.findTurn(call.tenant, sessionId, turnId);
  if (turn !== null) await visibleSession(deps, call.tenant, sessionId);
  return turn;
}

/** The answer that an earlier request already got, read without waking the workflow; null when there is none. */
export async function storedAnswer(call: Call, deps: Dependencies, earlier: Turn | null) {
  if (earlier?.status !== 'completed') return null;
  const { sessionId, messageId } = earlier;
  const message = await deps.sessions.findAnswer(call.tenant, sessionId, messageId);
  if (message === null) return null;
  call.about(sessionId);
  const result = { sessionId, message };
  return { ...storedReply(call, deps, { turn: earlier, result, context: null }), replayed: true };
}

function storedReply(call: Call, deps: Dependencies, standing: StandingTurn & { result: AskResult }) {
  const { turn, result } = standing;
  if (call.wantsEvents) return following(call, deps, turn, async () => standing);
  return call.respondAsync ? acceptedTurn(turn) : ok(presentAskResult(result));
}

function commandOf(call: Call, deps: Dependencies, asked: Ask): AskCommand {
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
      createdAt: deps.clock.now().toISOString(),
    },
    provider: message.provider ?? null,
    requestId: call.requestId,
  };
}

/** The answer as it is written. What keeps the turn from beginning is still an error response. */
async function askAloud(call: Call, deps: Dependencies, command: AskCommand) {
  const { tenant, session, turnId, again } = command;
  await begin(deps, { ...command, listening: 'now' });
  const stored = () => standingTurn(deps, tenant, session.id, turnId);
  // Of a turn that is run again the database at first still tells the earlier end.
  const running = async () => {
    const live = await deps.sessionGateway.turn(tenant, session.id, turnId);
    return typeof live !== 'string' && !isFinished(live.turn.status) ? live : stored();
  };
  return following(call, deps, { id: turnId, sessionId: session.id }, again ? running : stored);
}

function following(call: Call, deps: Dependencies, { id, sessionId }: Pick<Turn, 'id' | 'sessionId'>, look: Look) {
  return eventStream(turnEvents(deps, { tenant: call.tenant, sessionId, turnId: id, look }), call.lastEventId);
}

async function askLater(deps: Dependencies, command: AskCommand) {
  const { session, turnId } = command;
  await begin(deps, { ...command, listening: 'maybe' });
  return acceptedTurn({ id: turnId, sessionId: session.id, status: 'queued' });
}

async function begin(deps: Dependencies, command: AskCommand): Promise<void> {
  // The place that the client is told must be there when it follows.
  if (command.create) await deps.sessionGateway.open(command.session);
  await deps.sessionGateway.askAsync(command);
}

function acceptedTurn({ id, sessionId, status }: Pick<Turn, 'id' | 'sessionId' | 'status'>) {
  const headers = { Location: `/v1/ask/sessions/${sessionId}/turns/${id}`, 'Preference-Applied': 'respond-async' };
  return { ...accepted({ session_id: sessionId, turn_id: id, status }), headers };
}
