import type { z } from 'zod';
import type { AskResult } from '../../../domain/ask/turn.ts';
import type { askResult } from '../schemas/ask-schemas.ts';
import { presentAnswerSources } from './present-answer-sources.ts';
import { presentAssistantMessage } from './present-message.ts';
import { presentRetrieval } from './present-retrieval.ts';

export function presentAskResult({ sessionId, turnId, message }: AskResult): z.infer<typeof askResult> {
  return {
    session_id: sessionId,
    turn_id: turnId,
    message: presentAssistantMessage(message),
    sources: presentAnswerSources(message),
    retrieval: message.retrieval && presentRetrieval(message.retrieval),
  };
}
