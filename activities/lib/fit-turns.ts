import { type FittedHistory, fitHistory } from '../../src/domain/answering/history.ts';
import { historyTokens } from '../../src/domain/answering/models/context-window.ts';
import type { PastTurn } from '../../src/domain/ask/message.ts';
import { providerFailure } from '../../src/domain/shared/errors.ts';
import type { LanguageModel } from '../../src/ports/language-model.ts';

export interface FitTurnsDependencies {
  countTokens(text: string): number;
  historyTokens: number;
  maxOutputTokens: number;
}

/**
 * The earlier turns that fit the window of this model beside the context and the question. What is evicted depends on the
 * budget of every model alone, because another one may have more room at the next question.
 * @throws AskError `context_too_long` when the window has no room for the answer
 */
export function fitTurns(
  deps: FitTurnsDependencies,
  { provider, contextTokens: window }: LanguageModel,
  recent: readonly PastTurn[],
  asked: { context: string; question: string },
): FittedHistory {
  const shown = { context: deps.countTokens(asked.context), question: deps.countTokens(asked.question) };
  const room = historyTokens(window, deps, shown);
  if (room === null) throw providerFailure(provider, 'context_too_long');
  const { shown: turns, evictedTurns } = fitHistory(recent, deps.historyTokens, deps.countTokens);
  if (room >= deps.historyTokens) return { shown: turns, evictedTurns };
  return { shown: fitHistory(turns, room, deps.countTokens).shown, evictedTurns };
}
