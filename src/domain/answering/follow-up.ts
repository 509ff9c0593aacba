import type { PastTurn } from '../ask/message.ts';
import { contentWords, isEnglish } from '../shared/content-words.ts';
import { beginningOf } from '../shared/text-beginning.ts';

type Words = Pick<PastTurn, 'question' | 'answer'>;

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
 * The wordings to search for, the fullest last: the question as it was asked and, where it is a follow-up, the same with
 * what the last turns were about. A question that says nothing by itself ("and when exactly?") is searched in
 * its full form alone.
 */
export function queriesFor(question: string, history: readonly Words[]): string[] {
  if (history.length === 0 || !isFollowUp(question)) return [question];
  const inContext = [...contextOf(history), question].join('\n');
  return contentWords(question).length === 0 ? [inContext] : [question, inContext];
}

/** Whether the question may need the earlier turns to be understood. True in a language other than English, where this cannot be told. */
export function isFollowUp(question: string): boolean {
  const points = POINTING.test(question) || GOING_ON.test(question);
  return points || contentWords(question).length < FEW_WORDS || !isEnglish(question);
}

/** The last questions back to one that stands by itself, and how the last answer began. */
function contextOf(history: readonly Words[]): string[] {
  const recent = history.slice(-MOST_TURNS);
  const anchor = recent.findLastIndex((turn) => !isFollowUp(turn.question));
  const questions = recent.slice(Math.max(0, anchor)).map((turn) => turn.question);
  return [...questions, beginningOf(recent.at(-1)?.answer ?? '', ANSWER_CHARACTERS)];
}
