import type { AskResult, Turn } from '../../../domain/ask/turn.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import type { TurnState } from '../../../ports/ask/session-gateway.ts';
import type { LoadTurnState } from '../../../ports/ask/turn-subscription.ts';
import { findAnsweredTurn, findEarlierTurn } from '../../../use-cases/ask/find-earlier-turn.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentAskResult } from '../presenters/present-ask-result.ts';
import { eventStream } from '../stream/event-stream.ts';

/** The turn of an earlier request with the same `Idempotency-Key`; null when there is none. */
export async function loadEarlierTurn(call: Call, deps: Dependencies, sessionId: SessionId, turnId: TurnId) {
  return call.claim?.replayed ? findEarlierTurn(deps, call.tenant, sessionId, turnId) : null;
}

/** Replies with the answer of an earlier request; null when it has none. */
export async function replyWithStoredAnswer(call: Call, deps: Dependencies, earlier: Turn | null) {
  const state = await findAnsweredTurn(deps, call.tenant, earlier);
  if (state === null) return null;
  call.about(state.turn.sessionId, state.turn.id);
  return { ...replyWith(call, deps, state), replayed: true };
}

function replyWith(call: Call, deps: Dependencies, state: TurnState & { result: AskResult }) {
  const { turn, result } = state;
  if (call.wantsEvents) return streamTurn(call, deps, turn, { loadState: async () => state });
  return call.respondAsync ? acceptTurn(turn) : ok(presentAskResult(result));
}

/** Streams the answer of a turn while it is written. */
export function streamTurn(
  call: Call,
  deps: Dependencies,
  { id, sessionId }: Pick<Turn, 'id' | 'sessionId'>,
  { loadState, isRerun = false }: { loadState: LoadTurnState; isRerun?: boolean },
) {
  const turn = { tenant: call.tenant, sessionId, turnId: id, loadState, isRerun };
  return eventStream(deps.subscribeToTurn(turn), call.lastEventId);
}

/** Replies with the place of a turn that runs in the background. */
export function acceptTurn({ id, sessionId, status }: Pick<Turn, 'id' | 'sessionId' | 'status'>) {
  const headers = { Location: `/v1/ask/sessions/${sessionId}/turns/${id}`, 'Preference-Applied': 'respond-async' };
  return { ...accepted({ session_id: sessionId, turn_id: id, status }), headers };
}
