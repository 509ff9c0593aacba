import { cosine, embed, stemsOf } from './embedding.ts';
import type { ScoredId, TextIndex } from './text-index.ts';
import { queryWords, wordsOf } from './words.ts';

interface Entry {
  text: string;
  /** null until a search needs it. */
  vector: Float32Array | null;
}

/**
 * Stands for Pinecone's hosted dense model: a full scan by cosine over a plain local embedding (`embedding.ts`). Which
 * words are rare is learnt from the texts themselves, so all are embedded anew each time that their number has doubled.
 */
export class DenseIndex implements TextIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #textsWith = new Map<string, number>();
  #learntFrom = 0;

  put(id: string, text: string): void {
    this.delete(id);
    this.#entries.set(id, { text, vector: null });
    this.#count(text, 1);
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.#count(entry.text, -1);
  }

  search(text: string, limit: number, accept: (id: string) => boolean): ScoredId[] {
    if (this.#entries.size >= 2 * this.#learntFrom) this.#forgetVectors();
    const wanted = this.#embed(queryWords(text));
    const scored: ScoredId[] = [];
    for (const [id, entry] of this.#entries) {
      if (!accept(id)) continue;
      entry.vector ??= this.#embed(wordsOf(entry.text));
      const score = cosine(wanted, entry.vector);
      if (score > 0) scored.push({ id, score });
    }
    return scored.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  #forgetVectors(): void {
    for (const entry of this.#entries.values()) entry.vector = null;
    this.#learntFrom = this.#entries.size;
  }

  #embed(words: string[]): Float32Array {
    const texts = this.#entries.size + 2;
    return embed(words, (stem) => Math.log(texts / ((this.#textsWith.get(stem) ?? 0) + 1)));
  }

  #count(text: string, change: 1 | -1): void {
    for (const stem of stemsOf(text)) {
      const texts = (this.#textsWith.get(stem) ?? 0) + change;
      if (texts > 0) this.#textsWith.set(stem, texts);
      else this.#textsWith.delete(stem);
    }
  }
}
