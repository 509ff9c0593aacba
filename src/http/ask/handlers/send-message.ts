import type { z } from 'zod';
import type { NewSession, Session } from '../../../domain/ask/session.ts';
import type { SessionId } from '../../../domain/shared/ids.ts';
import { assertCanAsk } from '../../../use-cases/ask/assert-can-ask.ts';
import { loadSessionWithRecording } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import type { Call } from '../../kernel/lib/route.ts';
import type { sendMessage as schema } from '../schemas/ask-schemas.ts';
import { runTurn } from './run-turn.ts';
import { toFilters } from './to-filters.ts';
import { loadEarlierTurn, replyWithStoredAnswer } from './turn-replies.ts';

type Input = { params: { session_id: SessionId }; body: z.output<typeof schema> };

/** Asks the next question of a session. */
export async function sendMessage(call: Call<Input>, deps: Dependencies) {
  const { tenant, ids, body: message } = call;
  const { session, recording } = await loadSessionWithRecording(deps, tenant, call.params.session_id);
  const turnId = ids.next('trn');
  const earlier = await loadEarlierTurn(call, deps, session.id, turnId);
  const stored = await replyWithStoredAnswer(call, deps, earlier);
  if (stored) return stored;
  const contextRefs = message.context_refs ?? [];
  const filters = toFilters(message.filters);
  const { scope, endUserId } = session;
  const question = { recording, scope, endUserId, contextRefs, filters, provider: message.provider };
  await assertCanAsk(deps, tenant, question, deps.settings);
  return runTurn(call, deps, { session: toNewSession(session), create: false, turnId, message, earlier });
}

/** The fields of a session that do not change. Its workflow starts with them. */
function toNewSession(session: Session): NewSession {
  const { id, projectId, mode, endUserId, scope, title, recordingTitle, createdAt } = session;
  return { id, projectId, mode, endUserId, scope, title, recordingTitle, createdAt };
}
