import type { FoundRow } from './text-model.ts';

/** The best rows of many, without sorting them all. */
export class BestRows {
  readonly #limit: number;
  readonly #rows: FoundRow[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a row of this score would be kept. */
  wants(score: number): boolean {
    return this.#rows.length < this.#limit || score > (this.#rows.at(-1)?.score ?? 0);
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
  }

  /** Best first. */
  rows(): FoundRow[] {
    return this.#rows;
  }
}
