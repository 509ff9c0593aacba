import type { Prompt } from '../../../domain/answering/prompt.ts';

export interface ChatMessage {
  role: 'user' | 'assistant';
  text: string;
}

/**
 * A prompt as the messages that every provider understands, what stays the same first, so that its prompt cache hits: a
 * stable context stands with the rules; one that changes with each question stands with the question, so that rules and
 * history are still a common prefix.
 */
export function toChatMessages(prompt: Prompt): { system: string[]; history: ChatMessage[]; question: ChatMessage } {
  const { rules, context, contextIsStable, history, notes, question } = prompt;
  const asked = `<notes>\n${notes}\n</notes>\n\n${question}`;
  return {
    system: contextIsStable ? [rules, context] : [rules],
    history: history.flatMap((turn): ChatMessage[] => [
      { role: 'user', text: turn.question },
      { role: 'assistant', text: turn.answer },
    ]),
    question: { role: 'user', text: contextIsStable ? asked : `${context}\n\n${asked}` },
  };
}

/** The turns with the rules before the first question, for a model that takes no rules apart from it. */
export function withRulesInFirst(system: readonly string[], turns: readonly ChatMessage[]): ChatMessage[] {
  return turns.map((turn, i) => (i === 0 ? { ...turn, text: [...system, turn.text].join('\n\n') } : turn));
}
