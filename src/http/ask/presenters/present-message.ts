import type { z } from 'zod';
import type { AssistantMessage, Message, Part, TokenUsage, UserMessage } from '../../../domain/ask/message.ts';
import type { Turn } from '../../../domain/ask/turn.ts';
import type { MessageId } from '../../../domain/shared/ids.ts';
import { presentError } from '../../kernel/presenters/present-error.ts';
import type { assistantMessage, message } from '../schemas/ask-schemas.ts';
import { presentAnswerSources } from './present-answer-sources.ts';
import { presentCitation } from './present-citation.ts';
import { presentFilters } from './present-retrieval.ts';
import { withTurnIds } from './with-turn-ids.ts';

/** A message in a list. An answer has its sources, a question its latest turn. */
export function presentMessage(m: Message, turns: ReadonlyMap<MessageId, Turn>): z.infer<typeof message> {
  return m.role === 'user'
    ? presentQuestion(m, turns.get(m.id) ?? null)
    : { ...presentAssistantMessage(m), sources: presentAnswerSources(m) };
}

export function presentAssistantMessage(m: AssistantMessage): z.infer<typeof assistantMessage> {
  return {
    id: m.id,
    role: 'assistant',
    content: m.content,
    parts: m.parts.map(presentPart),
    tokens: presentTokens(m.tokens),
    model: m.model,
    provider: m.provider,
    finish_reason: m.finishReason,
    grounding: m.grounding && {
      status: m.grounding.status,
      method: m.grounding.method,
      unsupported: m.grounding.unsupported.map(({ text, kind }) => ({ text, kind })),
    },
    created_at: m.createdAt,
  };
}

function presentQuestion(m: UserMessage, turn: Turn | null): z.infer<typeof message> {
  return {
    id: m.id,
    role: 'user',
    content: m.content,
    parts: [{ type: 'text', text: m.content }],
    context_refs: m.contextRefs.map(({ type, id }) => ({ type, id })),
    filters: presentFilters(m.filters),
    timezone: m.timezone,
    response_language: m.responseLanguage,
    turn_id: turn?.id ?? null,
    status: turn?.status ?? null,
    error: turn?.error ? presentError(withTurnIds(turn, turn.error)) : null,
    tokens: null,
    model: null,
    provider: null,
    finish_reason: null,
    created_at: m.createdAt,
  };
}

function presentTokens({ input, output, cached, estimated, suspect }: TokenUsage) {
  return { input, output, cached, ...(estimated && { estimated }), ...(suspect && { suspect }) };
}

function presentPart(part: Part) {
  return part.type === 'text' ? { type: part.type, text: part.text } : { type: part.type, ...presentCitation(part) };
}
