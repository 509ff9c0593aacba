import { historyTokens, type WindowSettings } from '../../src/domain/answering/context/plan-window.ts';
import { type FittedHistory, fitHistory } from '../../src/domain/answering/history.ts';
import type { PastTurn } from '../../src/domain/ask/message.ts';

/**
 * The earlier turns that fit the window of this model beside the context and the question. What is evicted depends on the
 * budget of every model alone, because another one may have more room at the next question.
 * @returns null when the window has no room for the answer
 */
export function fitTurns(
  settings: WindowSettings,
  recent: readonly PastTurn[],
  beside: { rules: number; question: number; context: number },
  countTokens: (text: string) => number,
): FittedHistory | null {
  const room = historyTokens(settings, beside);
  if (room === null) return null;
  const { shown: turns, evictedTurns } = fitHistory(recent, settings.historyTokens, countTokens);
  if (room >= settings.historyTokens) return { shown: turns, evictedTurns };
  return { shown: fitHistory(turns, room, countTokens).shown, evictedTurns };
}
