import { wordsOf } from '../../domain/shared/words.ts';
import { Embedding } from './embedding.ts';
import { queryWords } from './query-words.ts';
import type { ScoredId, TextIndex } from './text-index.ts';
import { dot, type Vector } from './vector.ts';

interface Entry {
  text: string;
  /** null until a search needs it. */
  vector: Vector | null;
}

/** Texts beyond which nothing new is learnt of the language. */
const ENOUGH_TEXTS = 4_000;

/**
 * Stands for Pinecone's hosted dense model: a full scan by cosine over a plain local embedding (`embedding.ts`). The
 * embedding learns from the texts each time that their number has doubled, and then all are embedded anew, until there
 * are enough to learn from; from then on a text is embedded as it comes, so that no search waits for thousands.
 */
export class DenseIndex implements TextIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #embedding = new Embedding();
  #learntFrom = 0;

  put(id: string, text: string): void {
    this.delete(id);
    const entry: Entry = { text, vector: null };
    this.#entries.set(id, entry);
    this.#embedding.count(text, 1);
    if (this.#entries.size < ENOUGH_TEXTS) return;
    this.#learn();
    entry.vector = this.#embedding.embed(wordsOf(text));
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.#embedding.count(entry.text, -1);
  }

  search(text: string, limit: number, accept: (id: string) => boolean): ScoredId[] {
    this.#learn();
    const wanted = this.#embedding.embed(queryWords(text));
    const scored: ScoredId[] = [];
    for (const [id, entry] of this.#entries) {
      if (!accept(id)) continue;
      entry.vector ??= this.#embedding.embed(wordsOf(entry.text));
      const score = dot(wanted, entry.vector);
      if (score > 0) scored.push({ id, score });
    }
    return scored.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  #learn(): void {
    const size = Math.min(this.#entries.size, ENOUGH_TEXTS);
    if (size === this.#learntFrom || (size < ENOUGH_TEXTS && size < 2 * this.#learntFrom)) return;
    const entries = [...this.#entries.values()];
    this.#embedding.learn(entries.slice(0, size).map((entry) => entry.text));
    for (const entry of entries) entry.vector = null;
    this.#learntFrom = size;
  }
}
