import MiniSearch from 'minisearch';
import { wordsOf } from '../../domain/shared/words.ts';
import { queryWords, stemOf } from './query-words.ts';
import type { ScoredId, TextIndex } from './text-index.ts';

/** Stands for Pinecone's hosted sparse model: BM25+ over English stems, by MiniSearch. */
export class SparseIndex implements TextIndex {
  readonly #search = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: wordsOf,
    processTerm: stemOf,
    searchOptions: { tokenize: queryWords },
  });

  put(id: string, text: string): void {
    this.delete(id);
    this.#search.add({ id, text });
  }

  delete(id: string): void {
    if (this.#search.has(id)) this.#search.discard(id);
  }

  search(text: string, limit: number, accept: (id: string) => boolean): ScoredId[] {
    const found = this.#search.search(text, { filter: (result) => accept(String(result.id)) });
    return found.slice(0, limit).map(({ id, score }) => ({ id: String(id), score }));
  }
}
