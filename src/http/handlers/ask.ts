import type { z } from 'zod';
import { AskError } from '../../domain/errors.ts';
import type { MessageId, SessionId, TurnId } from '../../domain/ids.ts';
import type { NewSession } from '../../domain/session.ts';
import { isFinished, type Turn } from '../../domain/turn.ts';
import type { AskCommand } from '../../ports/session-gateway.ts';
import type { Dependencies } from '../dependencies.ts';
import { presentAskResult } from '../presenters/ask-result.ts';
import { accepted, ok } from '../reply.ts';
import type { Call } from '../route.ts';
import type { sendMessage } from '../schemas/ask.ts';
import { turnFailure } from '../turn-failure.ts';
import { visibleSession } from '../visible.ts';

export interface Ask {
  session: NewSession;
  /** Whether this question creates the session. */
  create: boolean;
  turnId: TurnId;
  messageId: MessageId;
  message: z.output<typeof sendMessage>;
  /** What an earlier request with the same `Idempotency-Key` left of this turn. */
  earlier: Turn | null;
}

/** Runs the turn and answers with its result, or at once with 202 where the client prefers so. */
export async function ask(call: Call, deps: Dependencies, asked: Ask) {
  call.about(asked.session.id);
  const command = commandOf(call, deps, asked);
  // What ended without an answer runs anew; what still runs is attached to, and its outcome is the earlier request's.
  const replayed = asked.earlier !== null && !command.again;
  if (call.respondAsync) return { ...(await askLater(deps, command)), replayed };
  const outcome = await deps.sessionGateway.ask(command);
  if (outcome.status === 'completed') return { ...ok(presentAskResult(outcome.result)), replayed };
  const { kind, message, details, retryAfterMs } = turnFailure(
    { sessionId: asked.session.id, messageId: outcome.messageId },
    outcome.error,
  );
  throw new AskError(kind, message, { ...(details && { details }), ...(retryAfterMs && { retryAfterMs }) });
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
  const reply = call.respondAsync ? acceptedTurn(earlier) : ok(presentAskResult({ sessionId, message }));
  return { ...reply, replayed: true };
}

function commandOf(call: Call, deps: Dependencies, asked: Ask): AskCommand {
  const { session, create, turnId, messageId, message, earlier } = asked;
  return {
    tenant: call.tenant,
    session,
    create,
    turnId,
    again: earlier !== null && isFinished(earlier.status),
    question: {
      id: messageId,
      content: message.content,
      contextRefs: message.context_refs ?? [],
      createdAt: deps.clock.now().toISOString(),
    },
    provider: message.provider ?? null,
    requestId: call.requestId,
  };
}

async function askLater(deps: Dependencies, command: AskCommand) {
  const { session, turnId } = command;
  // The place that `Location` names must be there when the client follows it.
  if (command.create) await deps.sessionGateway.open(session);
  await deps.sessionGateway.askAsync(command);
  return acceptedTurn({ id: turnId, sessionId: session.id, status: 'queued' });
}

function acceptedTurn({ id, sessionId, status }: Pick<Turn, 'id' | 'sessionId' | 'status'>) {
  const headers = { Location: `/v1/ask/sessions/${sessionId}/turns/${id}`, 'Preference-Applied': 'respond-async' };
  return { ...accepted({ session_id: sessionId, turn_id: id, status }), headers };
}
