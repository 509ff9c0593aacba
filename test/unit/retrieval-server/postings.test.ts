import { Postings, type RowWords } from '../../../src/retrieval-server/search/words/postings.ts';

const text = (row: number, words: readonly number[]): RowWords => ({
  row,
  words: Uint32Array.from(words),
  counts: Uint8Array.from(words, (word) => (word + row) % 7),
});
/** More words than the table of their numbers holds at first; many share their last bits. */
const texts = [
  text(0, [7, 4096 + 7, 3]),
  text(1, []),
  text(
    2,
    Array.from({ length: 3_000 }, (_, i) => i * 4096),
  ),
  text(3, [3, 2 ** 32 - 1]),
];
const rowsOf = (postings: Postings, word: number) => {
  const { from, to } = postings.find(word) ?? { from: 0, to: 0 };
  return [...postings.rows.subarray(from, to)].map((row, i) => [row, postings.counts[from + i]]);
};
const expected = (word: number) =>
  texts.flatMap(({ row, words, counts }) => [...words].flatMap((each, i) => (each === word ? [[row, counts[i]]] : [])));
const asked = [3, 7, 8, 4096, 4096 + 7, 2_999 * 4096, 2 ** 32 - 1];

test('each word leads to the rows that hold it, with how often', () => {
  const postings = Postings.of(texts);
  expect(postings.size).toBe(3_005);
  expect(asked.map((word) => rowsOf(postings, word))).toEqual(asked.map(expected));
});

test('two parts merged are as one', () => {
  const merged = Postings.of(texts.slice(0, 2)).mergedWith(Postings.of(texts.slice(2)));
  expect(asked.map((word) => rowsOf(merged, word))).toEqual(asked.map(expected));
});
