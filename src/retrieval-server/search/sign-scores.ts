import { signsWidth } from './window-vectors.ts';

const VALUES_OF_A_BYTE = 256;

/**
 * How near windows are to a question, by the signs of the windows and the numbers of the question. This is nearer to their cosines than
 * the count of differing signs, and needs no vector.
 * @param signs of all windows
 * @returns one score for each of `windows`
 */
export function signScores(question: Float32Array, signs: Uint32Array, windows: readonly number[]): Float32Array {
  const bytes = new Uint8Array(signs.buffer, signs.byteOffset, signs.byteLength);
  const width = 4 * signsWidth(question.length);
  const sums = sumsByByte(question, width);
  const scores = new Float32Array(windows.length);
  for (const [i, window] of windows.entries()) {
    let score = 0;
    for (let byte = 0, at = window * width; byte < width; byte++, at++)
      score += sums[byte * VALUES_OF_A_BYTE + (bytes[at] as number)] as number;
    scores[i] = score;
  }
  return scores;
}

/** For each byte of a window's signs and each value of it: the sum of the question's numbers, each with the sign of the window's. */
function sumsByByte(question: Float32Array, width: number): Float32Array {
  const sums = new Float32Array(width * VALUES_OF_A_BYTE);
  for (let byte = 0; byte < width; byte++) {
    const from = byte * VALUES_OF_A_BYTE;
    const numbers = question.subarray(8 * byte, 8 * byte + 8);
    sums[from] = -numbers.reduce((sum, number) => sum + number, 0);
    for (let value = 1; value < VALUES_OF_A_BYTE; value++) {
      const rest = value & (value - 1);
      const bit = 31 - Math.clz32(value ^ rest);
      sums[from + value] = (sums[from + rest] as number) + 2 * (numbers[bit] ?? 0);
    }
  }
  return sums;
}
