import type { z } from 'zod';
import type { NewSession, Session } from '../../../domain/ask/session.ts';
import type { SessionId } from '../../../domain/shared/ids.ts';
import { sessionInView } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import type { Call } from '../../kernel/lib/route.ts';
import type { sendMessage as schema } from '../schemas/ask.ts';
import { ask, earlierTurn, storedAnswer } from './ask.ts';
import { assertContextVisible, assertReady } from './askable.ts';

type Input = { params: { session_id: SessionId }; body: z.output<typeof schema> };

/** Asks the next question of a session. */
export async function sendMessage(call: Call<Input>, deps: Dependencies) {
  const { tenant, ids, body: message } = call;
  const { session, recording } = await sessionInView(deps, tenant, call.params.session_id);
  const turnId = ids.next('trn');
  const earlier = await earlierTurn(call, deps, session.id, turnId);
  const stored = await storedAnswer(call, deps, earlier);
  if (stored) return stored;
  await assertReady(deps, recording);
  await assertContextVisible(deps, tenant, message.context_refs);
  return ask(call, deps, { session: asCreated(session), create: false, turnId, message, earlier });
}

/** A session without what changes from turn to turn: what its workflow is started with. */
function asCreated(session: Session): NewSession {
  const { id, projectId, mode, endUserId, scope, title, recordingTitle, createdAt } = session;
  return { id, projectId, mode, endUserId, scope, title, recordingTitle, createdAt };
}
