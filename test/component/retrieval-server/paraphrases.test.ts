import { expect, test } from '@jest/globals';
import { contentWords } from '../../../src/domain/shared/content-words.ts';
import { stemOf } from '../../../src/retrieval-server/search/query-words.ts';
import { readMeetings } from '../../tools/eval/meetings.ts';
import { withParaphrases } from '../../tools/eval/paraphrases/read-paraphrases.ts';

const asked = withParaphrases(readMeetings()).flatMap(({ name, questions }) =>
  questions.map(({ text, answer }) => ({ name, text, answer })),
);

test('forty questions each have an answer', () => {
  expect(asked).toHaveLength(40);
  expect(asked.filter(({ answer }) => contentWords(answer).length < 5)).toEqual([]);
});

test('no question shares a content word with its answer, compared by stem', () => {
  const stems = (text: string) => contentWords(text).map(stemOf);
  const shared = asked.map(({ name, text, answer }) => {
    const held = new Set(stems(answer));
    return { name, text, words: stems(text).filter((stem) => held.has(stem)) };
  });
  expect(shared.filter(({ words }) => words.length > 0)).toEqual([]);
});
