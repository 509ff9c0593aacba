import type { PastTurn } from '../../../ask/message.ts';
import { beginningOf } from '../../../shared/text-beginning.ts';
import { followUpOf } from './follow-up-kind.ts';

export type PastWords = Pick<PastTurn, 'question' | 'answer'>;

/** What is searched for a part of the budget. */
export interface SearchTier {
  /** The question that asks for it. */
  question: string;
  /** The wordings to search for. */
  queries: string[];
  /** How much of the budget is full when this tier ends; 1 for the last one. */
  until: number;
}

/** How far back a subject is looked for. */
const MOST_TURNS = 3;
const ANSWER_CHARACTERS = 300;
/** What a follow-up keeps of the budget for what the question before it saw. */
const KEPT = 0.9;
/** A follow-up with more words of its own than this asks for more of its own. */
const FEW_SUBJECT_WORDS = 3;
const KEPT_BESIDE_MANY_WORDS = 0.7;

/**
 * What to search for. A question that says nothing by itself ("Why?") is searched as the one before it, so that it sees the
 * same. A follow-up with words of its own keeps most of what the one before it saw, and adds what its words find. Any other
 * is searched by its own words alone, as if nothing had been said before.
 */
export function searchTiers(question: string, history: readonly PastWords[]): SearchTier[] {
  const alone: SearchTier = { question, queries: [question], until: 1 };
  const before = history.at(-1);
  if (before === undefined) return [alone];
  const { kind, subject } = followUpOf(question);
  if (kind === 'alone') return [alone];
  const recent = history.slice(-MOST_TURNS);
  const inContext = [...contextOf(recent), question].join('\n');
  if (kind === 'unclear') return [{ ...alone, queries: [question, question, inContext] }];
  const earlier = searchTiers(before.question, recent.slice(0, -1));
  if (kind === 'same') return earlier;
  const kept = subject.length > FEW_SUBJECT_WORDS ? KEPT_BESIDE_MANY_WORDS : KEPT;
  return [
    ...earlier.map((tier) => ({ ...tier, until: tier.until * kept })),
    { question, queries: [question, inContext], until: 1 },
  ];
}

/** All wordings that are searched for, each once. */
export function queriesFor(question: string, history: readonly PastWords[]): string[] {
  return [...new Set(searchTiers(question, history).flatMap(({ queries }) => queries))];
}

/** The question and, where it is a follow-up, those before it, back to one that stands by itself; the newest first. */
export function questionsBehind(question: string, history: readonly PastWords[]): string[] {
  return history.length === 0 || !isFollowUp(question)
    ? [question]
    : [question, ...earlierQuestions(history).toReversed()];
}

/** Whether the question may need the earlier turns to be understood. */
export function isFollowUp(question: string): boolean {
  return followUpOf(question).kind !== 'alone';
}

/** The last questions back to one that stands by itself, and how the last answer began. */
function contextOf(history: readonly PastWords[]): string[] {
  return [...earlierQuestions(history), beginningOf(history.at(-1)?.answer ?? '', ANSWER_CHARACTERS)];
}

function earlierQuestions(history: readonly PastWords[]): string[] {
  const recent = history.slice(-MOST_TURNS);
  const anchor = recent.findLastIndex((turn) => !isFollowUp(turn.question));
  return recent.slice(Math.max(0, anchor)).map((turn) => turn.question);
}
