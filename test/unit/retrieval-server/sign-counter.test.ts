import { countSignDifferences } from '../../../src/retrieval-server/search/sign-counter.ts';

/** Numbers of 32 bits that look random and are always the same. */
function numbers(count: number, seed: number): Uint32Array {
  let state = seed;
  return Uint32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state ^ (state >>> 13);
  });
}

function bitsIn(number: number): number {
  return number === 0 ? 0 : (number & 1) + bitsIn(number >>> 1);
}

// The last ones are more than the memory of the module holds at once.
test.each([
  ['one window of 64 signs', 2, 1],
  ['windows of 384 signs', 12, 100],
  ['windows of 1,536 signs', 48, 1_000],
])('%s', (_, width, windows) => {
  const question = numbers(width, 1);
  const signs = numbers(width * windows, 2);
  const differences = new Uint16Array(windows);
  countSignDifferences(question, signs, differences);
  const expected = Array.from({ length: windows }, (_, window) =>
    question.reduce((sum, each, i) => sum + bitsIn((each ^ (signs[window * width + i] ?? 0)) >>> 0), 0),
  );
  expect([...differences]).toEqual(expected);
});
