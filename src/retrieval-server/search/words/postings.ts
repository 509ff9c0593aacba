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

  private constructor(words: Uint32Array, sizeOf: (word: number) => number) {
    this.#words = words;
    this.#starts = new Uint32Array(words.length + 1);
    for (const [i, word] of words.entries()) this.#starts[i + 1] = (this.#starts[i] as number) + sizeOf(word);
    this.rows = new Uint32Array(this.size);
    this.counts = new Uint8Array(this.size);
  }

  static of(texts: readonly RowWords[]): Postings {
    const numbers = new WordNumbers();
    const numberOf = new Uint32Array(texts.reduce((sum, { words }) => sum + words.length, 0));
    let at = 0;
    for (const { words } of texts) for (const word of words) numberOf[at++] = numbers.numberOf(word);
    const sizes = new Uint32Array(numbers.words.length);
    for (const number of numberOf) sizes[number] = (sizes[number] as number) + 1;
    const sorted = Uint32Array.from(numbers.words).sort();
    const made = new Postings(sorted, (word) => sizes[numbers.numberOf(word)] as number);
    const next = new Uint32Array(sizes.length);
    for (const [place, word] of sorted.entries()) next[numbers.numberOf(word)] = made.#starts[place] as number;
    at = 0;
    for (const { row, counts } of texts) {
      for (const count of counts) {
        const number = numberOf[at++] as number;
        const place = next[number] as number;
        next[number] = place + 1;
        made.rows[place] = row;
        made.counts[place] = count;
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
    const made = new Postings(words, (word) => lengthOf(this.find(word)) + lengthOf(later.find(word)));
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

function lengthOf(found: { from: number; to: number } | null): number {
  return found === null ? 0 : found.to - found.from;
}
