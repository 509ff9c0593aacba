import { turnError } from './api-error.ts';
import type { Reconnecting } from './follow-turn.ts';
import type { AskResult, TurnEvent } from './wire-types.ts';

type AnswerEvent = Extract<TurnEvent, { type: 'turn.started' | 'delta' | 'citation' | 'turn.restarted' }>;

/** Called with each event of an answer: its turn, its text and citations in reading order, and a restart. */
export type OnAnswer = (event: AnswerEvent) => void;

/** Follows the events of a turn to its answer. @throws ApiError for a turn that failed */
export async function followAnswer(
  events: AsyncIterable<TurnEvent | Reconnecting>,
  onAnswer: OnAnswer,
): Promise<AskResult> {
  for await (const event of events) {
    if (event.type === 'turn.completed') return event.data;
    if (event.type === 'turn.failed') throw turnError(event.data.error);
    if (event.type !== 'reconnecting' && event.type !== 'sources') onAnswer(event);
  }
  throw new RangeError('the events of a turn end with its answer or its failure');
}
