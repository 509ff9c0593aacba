import type { z } from 'zod';
import type { AskResult, Turn } from '../../../domain/ask/turn.ts';
import { presentError } from '../../kernel/presenters/present-error.ts';
import type { turn } from '../schemas/ask-schemas.ts';
import { presentAskResult } from './present-ask-result.ts';
import { withTurnIds } from './with-turn-ids.ts';

export function presentTurn(t: Turn, result: AskResult | null): z.infer<typeof turn> {
  return {
    turn_id: t.id,
    session_id: t.sessionId,
    message_id: t.messageId,
    status: t.status,
    attempt: t.attempt,
    result: result && presentAskResult(result),
    error: t.error && presentError(withTurnIds(t, t.error)),
    created_at: t.createdAt,
    completed_at: t.completedAt,
  };
}
