import type { Understood } from '../../../ask/retrieval.ts';
import { type UnderstoodQuestion, understandQuestion } from '../understand-question.ts';
import { type PastWords, questionsBehind } from './follow-up.ts';

/**
 * What the question names or, where it is a follow-up, what those before it named: meetings and days where it names none of
 * its own, and speakers where it names none.
 */
export function readQuestion(
  question: string,
  history: readonly PastWords[],
  scope: Parameters<typeof understandQuestion>[1],
): UnderstoodQuestion {
  const nothing = { understood: [], unknownSpeakers: [] };
  const [own = nothing, ...earlier] = questionsBehind(question, history).map((each) => understandQuestion(each, scope));
  const inherited = [isPlace, isSpeaker].flatMap((kind) => {
    const known = [own, ...earlier].find(({ understood }) => understood.some(kind));
    return known?.understood.filter(kind) ?? [];
  });
  return { ...own, understood: inherited };
}

const isSpeaker = ({ speakers }: Understood) => speakers !== undefined;
const isPlace = (each: Understood) => !isSpeaker(each);
