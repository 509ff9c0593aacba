import type { z } from 'zod';
import type { AskResult, Turn } from '../../domain/ask/turn.ts';
import type { turn } from '../schemas/ask.ts';
import { turnFailure } from '../turn-failure.ts';
import { presentAskResult } from './ask-result.ts';
import { presentError } from './error.ts';

export function presentTurn(t: Turn, result: AskResult | null): z.infer<typeof turn> {
  return {
    turn_id: t.id,
    session_id: t.sessionId,
    message_id: t.messageId,
    status: t.status,
    attempt: t.attempt,
    result: result && presentAskResult(result),
    error: t.error && presentError(turnFailure(t, t.error)),
    created_at: t.createdAt,
    completed_at: t.completedAt,
  };
}
