import { type PastWords, questionsBehind } from './follow-up.ts';
import { type UnderstoodQuestion, understandQuestion } from './understand-question.ts';

/** What the question names or, where it is a follow-up that names nothing, what those before it named. */
export function readQuestion(
  question: string,
  history: readonly PastWords[],
  scope: Parameters<typeof understandQuestion>[1],
): UnderstoodQuestion {
  const nothing = { understood: [], unknownSpeakers: [] };
  const [own = nothing, ...earlier] = questionsBehind(question, history).map((each) => understandQuestion(each, scope));
  if (own.understood.length > 0) return own;
  const understood = earlier.find((each) => each.understood.length > 0)?.understood ?? [];
  return { ...own, understood };
}
