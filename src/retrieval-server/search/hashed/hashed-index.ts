import { wordsOf } from '../../../domain/shared/words.ts';
import { BestRows } from '../best-rows.ts';
import { queryWords } from '../query-words.ts';
import type { FoundRow, SearchIndex, SearchLimits, TextModel } from '../text-model.ts';
import { Embedding } from './embedding.ts';
import { dot, type Vector } from './vector.ts';

/** Stands in for an embedding model when none is available. Texts are embedded only when a search needs them. */
export const HASHED_WORDS: TextModel = {
  name: 'hashed-words',
  read: async (texts) => texts.map((text) => ({ digest: new TextEncoder().encode(text), body: null })),
  createIndex: () => new HashedIndex(),
};
/** The cosine that its best hit must reach. */
export const HASHED_MIN_SCORE = 0.15;

interface Entry {
  text: string;
  /** null until a search needs it. */
  vector: Vector | null;
}

/** After this many texts, the embedding no longer learns. */
const ENOUGH_TEXTS = 4_000;

/**
 * A full scan by cosine over a plain local embedding (`embedding.ts`). Each time that the number of
 * texts has doubled, the embedding learns and all texts are embedded anew. Once there are enough texts, each new one is
 * embedded when it comes, so that no search waits for thousands.
 */
class HashedIndex implements SearchIndex {
  readonly #entries: Entry[] = [];
  readonly #embedding = new Embedding();
  #learntFrom = 0;

  add(row: number, digest: Uint8Array): void {
    const text = new TextDecoder().decode(digest);
    const entry: Entry = { text, vector: null };
    this.#entries[row] = entry;
    this.#embedding.count(text);
    if (this.#entries.length < ENOUGH_TEXTS) return;
    this.#learn();
    entry.vector = this.#embedding.embed(wordsOf(text));
  }

  async search(text: string, { limit, accepted }: SearchLimits): Promise<FoundRow[]> {
    this.#learn();
    const wanted = this.#embedding.embed(queryWords(text));
    const best = new BestRows(limit);
    const admits = accepted();
    for (const [row, entry] of this.#entries.entries()) {
      if (admits?.[row] === 0) continue;
      entry.vector ??= this.#embedding.embed(wordsOf(entry.text));
      const score = dot(wanted, entry.vector);
      if (score > 0) best.add(row, score);
    }
    return best.rows();
  }

  #learn(): void {
    const size = Math.min(this.#entries.length, ENOUGH_TEXTS);
    if (size === this.#learntFrom || (size < ENOUGH_TEXTS && size < 2 * this.#learntFrom)) return;
    this.#embedding.learn(this.#entries.slice(0, size).map((entry) => entry.text));
    for (const entry of this.#entries) entry.vector = null;
    this.#learntFrom = size;
  }
}
