import type { ReadText } from './text-model.ts';
import { numbersIn } from './typed-numbers.ts';

/**
 * The vectors of the windows of one text. The digest is their dimension and their signs, numbers of 32 bits; the body is their
 * numbers, 8 bits each. Without a vector both are empty.
 */
export function encodeVectors(vectors: readonly Float32Array[]): ReadText {
  const [first] = vectors;
  if (first === undefined) return { digest: new Uint8Array(0), body: null };
  const signs = vectors.map(signsOf);
  const digest = Uint32Array.of(first.length, ...signs.flatMap((each) => [...each]));
  const body = new Int8Array(vectors.length * first.length);
  for (const [i, vector] of vectors.entries()) {
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    body.set(
      vector.map((value) => Math.round((value / largest) * 127)),
      i * first.length,
    );
  }
  return { digest: new Uint8Array(digest.buffer), body: new Uint8Array(body.buffer) };
}

/** @returns the signs of the windows, one window after another; dimension 0 where the text could not be embedded. */
export function decodeDigest(digest: Uint8Array): { dimension: number; signs: Uint32Array } {
  const numbers = numbersIn(digest, digest.length / 4);
  return { dimension: numbers[0] ?? 0, signs: numbers.subarray(1) };
}

/** The signs of a vector's numbers, 64 in each two. */
export function signsOf(vector: ArrayLike<number>): Uint32Array {
  const signs = new Uint32Array(signsWidth(vector.length));
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] as number) > 0) signs[i >>> 5] = (signs[i >>> 5] as number) | (1 << (i & 31));
  }
  return signs;
}

/** How many numbers of 32 bits hold the signs of a vector. It is even, because signs are compared 64 at once. */
export function signsWidth(dimension: number): number {
  return 2 * Math.ceil(dimension / 64);
}

/** The cosine of a window of a body and a question of length 1. */
export function cosine(body: Uint8Array, window: number, question: Float32Array): number {
  const vectors = new Int8Array(body.buffer, body.byteOffset, body.length);
  let product = 0;
  let square = 0;
  for (let i = 0, at = window * question.length; i < question.length; i++, at++) {
    const value = vectors[at] as number;
    product += value * (question[i] as number);
    square += value * value;
  }
  return square === 0 ? 0 : product / Math.sqrt(square);
}
