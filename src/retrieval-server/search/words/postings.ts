import { WordNumbers } from './word-numbers.ts';

/** The words of one text: hashes of stems, and how often each stands in it. */
export interface RowWords {
  row: number;
  words: Uint32Array;
  counts: Uint8Array;
}

/** Which rows hold which words. It never changes; two are merged into a third. */
export class Postings {
  readonly rows: Uint32Array;
  readonly counts: Uint8Array;
  /** In ascending order. */
  readonly #words: Uint32Array;
  /** Where the rows of each word begin; one more at the end. */
  readonly #starts: Uint32Array;

  /** @param sizes in how many rows each word stands */
  private constructor(words: Uint32Array, sizes: Uint32Array) {
    this.#words = words;
    this.#starts = new Uint32Array(words.length + 1);
    for (const [i, size] of sizes.entries()) this.#starts[i + 1] = (this.#starts[i] as number) + size;
    this.rows = new Uint32Array(this.size);
    this.counts = new Uint8Array(this.size);
  }

  static of(texts: readonly RowWords[]): Postings {
    const numbers = new WordNumbers();
    const numberOf = new Uint32Array(texts.reduce((sum, { words }) => sum + words.length, 0));
    let at = 0;
    for (const { words } of texts) {
      numbers.number(words, numberOf, at);
      at += words.length;
    }
    const { words } = numbers;
    const sizes = new Uint32Array(words.length);
    for (let i = 0; i < numberOf.length; i++) countUp(sizes, numberOf[i] as number);
    const order = Uint32Array.from(words.keys()).sort((a, b) => (words[a] as number) - (words[b] as number));
    const made = new Postings(
      order.map((number) => words[number] as number),
      order.map((number) => sizes[number] as number),
    );
    const next = new Uint32Array(words.length);
    for (const [place, number] of order.entries()) next[number] = made.#starts[place] as number;
    at = 0;
    for (const { row, counts } of texts) {
      for (let i = 0; i < counts.length; i++) {
        const place = countUp(next, numberOf[at++] as number);
        made.rows[place] = row;
        made.counts[place] = counts[i] as number;
      }
    }
    return made;
  }

  get size(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /** All rows of `later` come after those of this one. */
  mergedWith(later: Postings): Postings {
    const words = Uint32Array.from(new Set([...this.#words, ...later.#words])).sort();
    const made = new Postings(
      words,
      words.map((word) => lengthOf(this.find(word)) + lengthOf(later.find(word))),
    );
    for (const [i, word] of words.entries()) {
      let place = made.#starts[i] as number;
      for (const part of [this, later]) {
        const found = part.find(word);
        if (found === null) continue;
        made.rows.set(part.rows.subarray(found.from, found.to), place);
        made.counts.set(part.counts.subarray(found.from, found.to), place);
        place += lengthOf(found);
      }
    }
    return made;
  }

  /** Where the rows of a word stand; null when no row has it. */
  find(word: number): { from: number; to: number } | null {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#words[middle] as number) < word) low = middle + 1;
      else high = middle;
    }
    if (this.#words[low] !== word) return null;
    return { from: this.#starts[low] as number, to: this.#starts[low + 1] as number };
  }
}

/** Adds 1 to a number. @returns what it was before */
function countUp(numbers: Uint32Array, place: number): number {
  const before = numbers[place] as number;
  numbers[place] = before + 1;
  return before;
}

function lengthOf(found: { from: number; to: number } | null): number {
  return found === null ? 0 : found.to - found.from;
}
