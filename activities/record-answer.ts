import type { MessageId, SessionId, TurnId } from '../src/domain/ids.ts';
import type { Answer, AssistantMessage } from '../src/domain/message.ts';
import type { Source } from '../src/domain/source.ts';
import type { Tenant } from '../src/domain/tenant.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { SessionStore } from '../src/ports/session-store.ts';

export interface RecordAnswerInput {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  answer: Answer;
  sources: Source[];
}

/** Where the answer stands. The whole message only when another answer had been stored first. */
export type RecordedAnswer =
  | { stored: 'this'; id: MessageId; position: number; createdAt: string }
  | { stored: 'earlier'; message: AssistantMessage };

/** Stores the answer under an id derived from the question's. Idempotent: the first answer stands. */
export function recordAnswer(deps: { sessions: SessionStore; clock: Clock }) {
  return async (input: RecordAnswerInput): Promise<RecordedAnswer> => {
    const { tenant, sessionId, turnId, messageId, answer, sources } = input;
    const createdAt = deps.clock.now().toISOString();
    const standing = await deps.sessions.recordAnswer(tenant, turnId, messageId, {
      ...answer,
      sessionId,
      sources,
      createdAt,
    });
    if (standing.content !== answer.content || standing.provider !== answer.provider) {
      return { stored: 'earlier', message: standing };
    }
    return { stored: 'this', id: standing.id, position: standing.position, createdAt: standing.createdAt };
  };
}
