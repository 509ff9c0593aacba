import type { PastTurn } from '../ask/message.ts';
import { beginningOf } from '../shared/text-beginning.ts';

/** Turns that are dropped at once, the most first. */
const BLOCKS = [16, 8, 4, 2];
/** Of what fits, at least this much is kept. */
const KEPT = 0.75;
/** The latest turns that are kept whatever their size, because a follow-up refers to them. */
const MIN_KEPT_TURNS = 4;

export interface FittedHistory {
  /** For the prompt, oldest first. */
  shown: PastTurn[];
  /** Turns that no prompt shows again, because later turns fill the budget. */
  evictedTurns: PastTurn[];
}

/**
 * The latest turns that fit the budget together. The oldest are dropped in blocks: what stands first in a prompt then
 * stays the same for many turns, and the providers' prompt caches keep serving it. A last turn that is too long by itself is
 * cut at its end, because a follow-up refers to it.
 */
export function fitHistory(
  turns: readonly PastTurn[],
  budgetTokens: number,
  countTokens: (text: string) => number,
): FittedHistory {
  const fitting = latestWithin(turns, budgetTokens, countTokens);
  const last = turns.at(-1);
  if (fitting.length === 0 && last !== undefined) fitting.push(...cutTurn(last, budgetTokens, countTokens));
  const kept = Math.max(fitting.length, MIN_KEPT_TURNS);
  return { shown: wholeBlocks(fitting), evictedTurns: turns.slice(0, Math.max(0, turns.length - kept)) };
}

function wholeBlocks(fitting: PastTurn[]): PastTurn[] {
  for (const block of BLOCKS) {
    const from = fitting.findIndex((turn, index) => isFirstOf(block, turn, fitting[index - 1]));
    if (from !== -1 && fitting.length - from >= KEPT * fitting.length) return fitting.slice(from);
  }
  return fitting;
}

function latestWithin(
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

/** The beginning of a turn: its question, and of its answer what there is room for. */
function cutTurn(turn: PastTurn, budgetTokens: number, countTokens: (text: string) => number): PastTurn[] {
  const question = beginningWithin(turn.question, budgetTokens, countTokens);
  if (question === '') return [];
  const answer = beginningWithin(turn.answer, budgetTokens - countTokens(question), countTokens);
  return [{ ...turn, question, answer }];
}

/** The longest beginning of the text, up to a blank, that has at most so many tokens. */
function beginningWithin(text: string, tokens: number, countTokens: (text: string) => number): string {
  if (countTokens(text) <= tokens) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (countTokens(`${text.slice(0, middle)}…`) <= tokens) fits = middle;
    else tooLong = middle;
  }
  const cut = beginningOf(text, fits).replace(/\s\S*$/, '');
  return cut === '' ? '' : `${cut}…`;
}

/** A turn takes two places; a block begins with its first turn that has an answer. */
function isFirstOf(block: number, { position }: PastTurn, before: PastTurn | undefined): boolean {
  const blockOf = (place: number) => Math.floor(place / (2 * block));
  return before === undefined ? position % (2 * block) < 2 : blockOf(position) !== blockOf(before.position);
}
