import { wordsIn } from '../../../../src/domain/shared/words.ts';

test.each([
  ['', 0],
  ['one', 1],
  [' two words ', 2],
  ['a\tb\nc\u00a0d\u2003e', 5],
  ['it’s “quoted” – and so on …', 7],
  ['Wörter überall', 2],
  ['слово за словом', 3],
  // Two characters of Japanese, and four of Thai, are about a word.
  ['予算は九千', 3],
  ['API の予算', 3],
  ['งบประมาณ', 2],
])('%j has about %i words', (text, words) => {
  expect(wordsIn(text)).toBe(words);
});
