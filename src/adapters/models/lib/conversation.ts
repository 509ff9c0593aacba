import type { Prompt } from '../../../domain/answering/prompt.ts';

export interface Turn {
  role: 'user' | 'assistant';
  text: string;
}

/**
 * A prompt as the messages that every provider understands, what stays the same first, so that its prompt cache hits: a
 * stable context stands with the rules; one that changes with each question stands with the question, so that rules and
 * history are still a common prefix.
 */
export function conversationOf(prompt: Prompt): { system: string[]; history: Turn[]; question: Turn } {
  const { rules, context, contextIsStable, history, question } = prompt;
  return {
    system: contextIsStable ? [rules, context] : [rules],
    history: history.flatMap((turn): Turn[] => [
      { role: 'user', text: turn.question },
      { role: 'assistant', text: turn.answer },
    ]),
    question: { role: 'user', text: contextIsStable ? question : `${context}\n\n${question}` },
  };
}
