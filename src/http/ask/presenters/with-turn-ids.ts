import type { TurnError } from '../../../domain/ask/turn.ts';
import type { MessageId, SessionId } from '../../../domain/shared/ids.ts';

/** The error of a turn with the ids that a client needs to send its question again. */
export function withTurnIds(turn: { sessionId: SessionId; messageId: MessageId }, error: TurnError): TurnError {
  return { ...error, details: { session_id: turn.sessionId, message_id: turn.messageId, ...error.details } };
}
