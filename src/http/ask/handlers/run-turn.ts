import type { z } from 'zod';
import type { Tenant } from '../../../domain/access/tenant.ts';
import type { NewSession } from '../../../domain/ask/session.ts';
import { type AskResult, isFinished, type Turn } from '../../../domain/ask/turn.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import { questionIdOf, type SessionId, type TurnId } from '../../../domain/shared/ids.ts';
import type { AskCommand, TurnState } from '../../../ports/ask/session-gateway.ts';
import { askQuestion } from '../../../use-cases/ask-question.ts';
import { findAnsweredTurn, findEarlierTurn } from '../../../use-cases/find-earlier-turn.ts';
import { loadReadyTranscription } from '../../../use-cases/load-ready-transcription.ts';
import { loadRecordings } from '../../../use-cases/load-visible.ts';
import { loadSettledTurn } from '../../../use-cases/settle-turn.ts';
import { assertConfigured, loadTranscriptLimit } from '../../../use-cases/who-answers.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentAskResult } from '../presenters/present-ask-result.ts';
import { withTurnIds } from '../presenters/with-turn-ids.ts';
import type { sendMessage } from '../schemas/ask-schemas.ts';
import { eventStream } from '../stream/event-stream.ts';
import { readTurnEvents } from '../stream/read-turn-events.ts';
import type { LoadTurnState } from '../stream/turn-reader.ts';

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
  call.about(asked.session.id);
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

/**
 * A provider that is named must be configured, and a recording ready to be asked; other scopes search what there is.
 * @param recording the session's, for recording scope
 * @throws AskError `transcription_not_ready`, `transcript_too_large`, `invalid_request` on `provider`, and `not_found` for a recording that this key may not see
 */
export async function assertCanAsk(
  deps: Dependencies,
  tenant: Tenant,
  recording: Recording | null,
  { context_refs = [], provider: named }: TurnToRun['message'],
): Promise<void> {
  if (named !== undefined) await assertConfigured(deps.providers, named);
  if (recording !== null) {
    const asked = { provider: named ?? null, systemFallback: deps.settings.providerFallback };
    const limit = await loadTranscriptLimit(deps, tenant.projectId, asked, deps.settings);
    await loadReadyTranscription(deps.transcripts, recording, limit);
  }
  const ids = context_refs.map(({ id }) => id);
  await loadRecordings(deps, tenant, ids);
}

/** The turn of an earlier request with the same `Idempotency-Key`; null when there is none. */
export async function loadEarlierTurn(call: Call, deps: Dependencies, sessionId: SessionId, turnId: TurnId) {
  return call.claim?.replayed ? findEarlierTurn(deps, call.tenant, sessionId, turnId) : null;
}

/** Answers with what an earlier request already got; null when it got no answer. */
export async function replyWithStoredAnswer(call: Call, deps: Dependencies, earlier: Turn | null) {
  const state = await findAnsweredTurn(deps, call.tenant, earlier);
  if (state === null) return null;
  call.about(state.turn.sessionId);
  return { ...replyWith(call, deps, state), replayed: true };
}

function replyWith(call: Call, deps: Dependencies, state: TurnState & { result: AskResult }) {
  const { turn, result } = state;
  if (call.wantsEvents) return streamTurn(call, deps, turn, async () => state);
  return call.respondAsync ? acceptTurn(turn) : ok(presentAskResult(result));
}

function commandFrom(call: Call, deps: Dependencies, asked: TurnToRun): AskCommand {
  const { session, create, turnId, message, earlier } = asked;
  return {
    tenant: call.tenant,
    session,
    create,
    turnId,
    again: earlier !== null && isFinished(earlier.status),
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
async function askStreaming(call: Call, deps: Dependencies, command: AskCommand) {
  const { tenant, session, turnId, again } = command;
  await startTurn(deps, { ...command, subscribers: 'now' });
  const loadState = () => loadSettledTurn(deps, tenant, session.id, turnId);
  // The database at first still has the earlier end of a turn that is run again.
  const loadRunning = async () => {
    const live = await deps.sessionGateway.turn(session.id, turnId);
    return live !== null && live !== 'unknown' && !isFinished(live.turn.status) ? live : loadState();
  };
  return streamTurn(call, deps, { id: turnId, sessionId: session.id }, again ? loadRunning : loadState);
}

function streamTurn(
  call: Call,
  deps: Dependencies,
  { id, sessionId }: Pick<Turn, 'id' | 'sessionId'>,
  loadState: LoadTurnState,
) {
  return eventStream(readTurnEvents(deps, { tenant: call.tenant, sessionId, turnId: id, loadState }), call.lastEventId);
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

function acceptTurn({ id, sessionId, status }: Pick<Turn, 'id' | 'sessionId' | 'status'>) {
  const headers = { Location: `/v1/ask/sessions/${sessionId}/turns/${id}`, 'Preference-Applied': 'respond-async' };
  return { ...accepted({ session_id: sessionId, turn_id: id, status }), headers };
}
