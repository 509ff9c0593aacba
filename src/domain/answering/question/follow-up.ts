import type { PastTurn } from '../../ask/message.ts';
import { contentWords, isEnglish } from '../../shared/content-words.ts';
import { beginningOf } from '../../shared/text-beginning.ts';

export type PastWords = Pick<PastTurn, 'question' | 'answer'>;

/** Words that point at something said before, and openings that go on from it; known for English alone. */
const POINTING =
  /\b(it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|same|one)\b/i;
const GOING_ON = /^\s*(and|but|so|or|also|why|how come|what about|how about|what else|who else|anything else)\b/i;
/** A question with fewer content words counts as a follow-up. */
const FEW_WORDS = 3;
/** How far back its subject is looked for. */
const MOST_TURNS = 3;
const ANSWER_CHARACTERS = 300;

/**
 * The wordings to search for. A question that says nothing by itself ("Why?") is searched by those of the one before it, so
 * that it is answered from the same passages. A follow-up with words of its own is also searched together with what the last
 * turns were about.
 */
export function queriesFor(question: string, history: readonly PastWords[]): string[] {
  const before = history.at(-1);
  if (before === undefined || !isFollowUp(question)) return [question];
  if (contentWords(question).length === 0) return queriesFor(before.question, history.slice(-MOST_TURNS, -1));
  const inContext = [...contextOf(history), question].join('\n');
  const earlier = queriesFor(before.question, history.slice(-MOST_TURNS, -1));
  // A question that points back and says little of its own goes on about the same; any other can be a new subject.
  const goesOn = pointsBack(question) && contentWords(question).length < FEW_WORDS;
  return goesOn ? [...earlier, ...earlier, inContext] : [question, question, inContext];
}

function pointsBack(question: string): boolean {
  return POINTING.test(question) || GOING_ON.test(question);
}

/** The question and, where it is a follow-up, those before it, back to one that stands by itself; the newest first. */
export function questionsBehind(question: string, history: readonly PastWords[]): string[] {
  return history.length === 0 || !isFollowUp(question)
    ? [question]
    : [question, ...earlierQuestions(history).toReversed()];
}

/** Whether the question may need the earlier turns to be understood. True in a language other than English, where this cannot be told. */
export function isFollowUp(question: string): boolean {
  return pointsBack(question) || contentWords(question).length < FEW_WORDS || !isEnglish(question);
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
