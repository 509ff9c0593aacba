import { bitsIn, signsOf } from './window-vectors.ts';

/** A part of a namespace's windows: for each its vector, the signs of it, and the row of its text. */
export class WindowBlock {
  readonly capacity: number;
  readonly rows: Uint32Array;
  length = 0;
  readonly #dimension: number;
  readonly #vectors: Int8Array;
  readonly #signs: Uint32Array;

  constructor(capacity: number, dimension: number) {
    this.capacity = capacity;
    this.rows = new Uint32Array(capacity);
    this.#dimension = dimension;
    this.#vectors = new Int8Array(capacity * dimension);
    this.#signs = new Uint32Array(capacity * Math.ceil(dimension / 32));
  }

  add(row: number, vector: Int8Array): void {
    const at = this.length++;
    this.rows[at] = row;
    this.#vectors.set(vector, at * this.#dimension);
    this.#signs.set(signsOf(vector), at * Math.ceil(this.#dimension / 32));
  }

  /** In how many signs each window differs from the question. This gives nearly the order of their cosines and is much quicker. */
  countDifferences(wanted: Uint32Array, differences: Uint16Array): void {
    const width = wanted.length;
    for (let window = 0, at = 0; window < this.length; window++) {
      let sum = 0;
      for (let i = 0; i < width; i++, at++) sum += bitsIn((this.#signs[at] as number) ^ (wanted[i] as number));
      differences[window] = sum;
    }
  }

  /** The cosine of a window and a question of length 1. */
  cosine(window: number, question: Float32Array): number {
    let product = 0;
    let square = 0;
    for (let i = 0, at = window * this.#dimension; i < question.length; i++, at++) {
      const value = this.#vectors[at] as number;
      product += value * (question[i] as number);
      square += value * value;
    }
    return square === 0 ? 0 : product / Math.sqrt(square);
  }
}
