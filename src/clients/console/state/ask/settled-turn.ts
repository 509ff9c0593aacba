import type { Message } from '../../../sdk/wire-types.ts';
import { isRunning, type LiveTurn } from './live-turn.ts';

export type Question = Extract<Message, { role: 'user' }>;

/** Whether the messages have the answer to the turn's question by now, so that they show all of it. */
export function isSettled(turn: LiveTurn, messages: readonly Message[]): boolean {
  const { place, result } = turn;
  const asked = messages.findIndex((message) => message.role === 'user' && message.turn_id === place?.turn_id);
  if (place !== null && asked >= 0) return messages[asked + 1]?.role === 'assistant';
  if (result !== null) return messages.some(({ id }) => id === result.message.id);
  // A turn that failed here may have been asked again, and answered, elsewhere.
  const [question, answer] = messages.slice(-2);
  return !isRunning(turn) && answer?.role === 'assistant' && question?.content === turn.asked.content;
}

/** The last question, unless it has an answer. */
export function openQuestion(messages: readonly Message[]): Question | null {
  const last = messages.at(-1);
  return last?.role === 'user' ? last : null;
}

export function isBeingAnswered({ status }: Question): boolean {
  return status === 'queued' || status === 'retrieving' || status === 'generating';
}
