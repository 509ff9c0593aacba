import type { FoundRow } from './text-model.ts';

/** The best rows of many, without sorting them all. */
export class BestRows {
  readonly #limit: number;
  readonly #rows: FoundRow[] = [];
  /** The score that a row must exceed. */
  #least = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a row of this score would be kept. */
  wants(score: number): boolean {
    return score > this.#least;
  }

  /** With equal scores, the earlier row comes first. */
  add(row: number, score: number): void {
    if (!this.wants(score)) return;
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle] as FoundRow).score >= score) low = middle + 1;
      else high = middle;
    }
    this.#rows.splice(low, 0, { row, score });
    if (this.#rows.length > this.#limit) this.#rows.pop();
    if (this.#rows.length === this.#limit) this.#least = this.#rows.at(-1)?.score ?? this.#least;
  }

  /** Best first. */
  rows(): FoundRow[] {
    return this.#rows;
  }
}
