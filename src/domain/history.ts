import type { PastTurn } from './message.ts';

/** The latest turns that fit the budget together, oldest first. The oldest are dropped first. */
export function fitHistory(
  turns: readonly PastTurn[],
  budgetTokens: number,
  countTokens: (text: string) => number,
): PastTurn[] {
  let left = budgetTokens;
  let start = turns.length;
  while (start > 0) {
    const turn = turns[start - 1] as PastTurn;
    left -= countTokens(turn.question) + countTokens(turn.answer);
    if (left < 0) break;
    start--;
  }
  return turns.slice(start);
}
