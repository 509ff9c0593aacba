import { wordsOf } from '../../domain/shared/words.ts';
import { BestRows } from './best-rows.ts';
import { hash } from './hash.ts';
import { Postings, type RowWords } from './postings.ts';
import { queryWords, stemOf } from './query-words.ts';
import type { FoundRow, SearchIndex, SearchLimits, TextModel } from './text-model.ts';

/** Stands for Pinecone's hosted sparse model: BM25+ over English stems. */
export const WORDS: TextModel = {
  name: 'words',
  read: async (texts) => texts.map(readWords),
  createIndex: () => new WordIndex(),
};

/** The usual constants of BM25+: how soon repetition stops counting, how much length counts, and the least that a match counts. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.7;
const FLOOR = 0.5;
/** Of one stored word: its hash and its count. */
const BYTES_A_WORD = 5;

class WordIndex implements SearchIndex {
  readonly #lengths: number[] = [];
  #words = 0;
  #parts: Postings[] = [];
  #unmerged: RowWords[] = [];

  add(row: number, body: Uint8Array): void {
    const words = body.length / BYTES_A_WORD;
    this.#lengths[row] = words;
    this.#words += words;
    const hashes = new Uint32Array(body.slice(0, words * 4).buffer);
    this.#unmerged.push({ row, words: hashes, counts: body.subarray(words * 4) });
  }

  async search(text: string, { limit, accepts }: SearchLimits): Promise<FoundRow[]> {
    this.#merge();
    const scores = new Float32Array(this.#lengths.length);
    const matched = new Uint8Array(this.#lengths.length);
    for (const word of new Set(queryWords(text).map(stemOf))) this.#count(hash(word), scores, matched);
    const best = new BestRows(limit);
    for (let row = 0; row < scores.length; row++) {
      // A row that holds more of the question's words is worth more than one that repeats a few of them.
      const score = (scores[row] as number) * (matched[row] as number);
      if (score > 0 && best.wants(score) && accepts(row)) best.add(row, score);
    }
    return best.rows();
  }

  #count(word: number, scores: Float32Array, matched: Uint8Array): void {
    const found = this.#parts.map((part) => ({ part, at: part.find(word) }));
    const rows = found.reduce((sum, { at }) => sum + (at === null ? 0 : at.to - at.from), 0);
    const rarity = Math.log(1 + (this.#lengths.length - rows + 0.5) / (rows + 0.5));
    const mean = this.#words / this.#lengths.length;
    for (const { part, at } of found) {
      if (at === null) continue;
      for (let i = at.from; i < at.to; i++) {
        const row = part.rows[i] as number;
        const count = part.counts[i] as number;
        const length = 1 - LENGTH_SHARE + (LENGTH_SHARE * (this.#lengths[row] as number)) / mean;
        const share = (count * (SATURATION + 1)) / (count + SATURATION * length);
        scores[row] = (scores[row] as number) + rarity * (FLOOR + share);
        matched[row] = (matched[row] as number) + 1;
      }
    }
  }

  /** Adds what is new. Parts of similar size are merged, so that there are few parts and each is merged rarely. */
  #merge(): void {
    if (this.#unmerged.length === 0) return;
    this.#parts.push(Postings.of(this.#unmerged));
    this.#unmerged = [];
    for (;;) {
      const [before, last] = this.#parts.slice(-2);
      if (before === undefined || last === undefined || before.size > 2 * last.size) return;
      this.#parts.splice(-2, 2, before.mergedWith(last));
    }
  }
}

function readWords(text: string): Uint8Array {
  const counts = new Map<number, number>();
  for (const word of wordsOf(text)) {
    const key = hash(stemOf(word));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const hashes = new Uint8Array(Uint32Array.from(counts.keys()).buffer);
  const body = new Uint8Array(counts.size * BYTES_A_WORD);
  body.set(hashes);
  body.set(
    Uint8Array.from(counts.values(), (count) => Math.min(255, count)),
    hashes.length,
  );
  return body;
}
