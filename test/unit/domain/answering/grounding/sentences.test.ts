import { type AnswerPart, sentencesOf } from '../../../../../src/domain/answering/grounding/sentences.ts';

/** `A [1]. B` as the parts of an answer. */
function split(answer: string): AnswerPart<number>[] {
  return answer.split(/(\[\d\])/).map((part) => (/^\[\d\]$/.test(part) ? { cited: Number(part[1]) } : part));
}
const sentences = (answer: string) => sentencesOf(split(answer)).map(({ text, cited }) => [text, ...cited]);

test('a citation belongs to the sentence that it stands in or directly follows', () => {
  expect(sentences('It moved [1]. Ana left. [2] Ben stayed [3], and so did Cem [4].')).toEqual([
    ['It moved .', 1],
    ['Ana left.', 2],
    ['Ben stayed , and so did Cem .', 3, 4],
  ]);
});

test('a line ends a sentence, and a row of a table is one', () => {
  expect(sentences('- 25 euros [1]\n- 3 buttons. Or four [2]\n\n| a. B | c. [3] |\n[4] starts a line.')).toEqual([
    ['25 euros', 1],
    ['3 buttons.'],
    ['Or four', 2],
    ['| a. B | c. |', 3],
    ['starts a line.', 4],
  ]);
});

test.each([
  'It costs 12.50 euros at 4.15 p.m. on Monday.',
  'Dr. Smith and J. Doe met, e.g. in May, approx. 25 people.',
  'Am 12. Mai um 15.30 Uhr, d.h. am Dienstag, z.B. dort.',
  'See No. 5 and vol. 3 of St. Mary.',
  '1. The first point.',
])('%s is one sentence', (text) => {
  expect(sentences(text)).toHaveLength(1);
});

test('code is no sentence, and Markdown signs are no words', () => {
  expect(sentences('```\n25 [x]\n```\n> **Price:** `x = 99` is *25* [1]')).toEqual([['Price:   is 25', 1]]);
});
