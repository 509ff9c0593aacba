import { wordsOf } from '../../../domain/shared/words.ts';
import { BestRows } from '../best-rows.ts';
import { hash } from '../hash.ts';
import { queryWords, stemOf } from '../query-words.ts';
import type { FoundRow, ReadText, SearchIndex, SearchLimits, TextModel } from '../text-model.ts';
import { numbersIn } from '../typed-numbers.ts';
import { Postings, type RowWords } from './postings.ts';

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
/** Parts do not grow beyond this, so that no search waits long for a merge. A few more parts cost a search nothing. */
const MOST_WORDS_A_PART = 2 ** 20;

class WordIndex implements SearchIndex {
  readonly #lengths: number[] = [];
  /** null until a search needs them. */
  #weighed: Float32Array | null = null;
  #words = 0;
  #parts: Postings[] = [];
  #unmerged: RowWords[] = [];
  #unmergedWords = 0;

  add(row: number, digest: Uint8Array): void {
    const words = digest.length / BYTES_A_WORD;
    this.#lengths[row] = words;
    this.#weighed = null;
    this.#words += words;
    this.#unmerged.push({ row, words: numbersIn(digest, words), counts: digest.subarray(words * 4) });
    this.#unmergedWords += words;
    if (this.#unmergedWords >= MOST_WORDS_A_PART) this.#merge();
  }

  async search(text: string, { limit, accepted }: SearchLimits): Promise<FoundRow[]> {
    this.#merge();
    const scores = new Float32Array(this.#lengths.length);
    const matched = new Uint8Array(this.#lengths.length);
    const lengths = this.#weighedLengths();
    for (const word of new Set(queryWords(text).map(stemOf))) this.#count(hash(word), lengths, scores, matched);
    const best = new BestRows(limit);
    const admits = accepted();
    for (let row = 0; row < scores.length; row++) {
      // A row that holds more of the question's words is worth more than one that repeats a few of them.
      const score = (scores[row] as number) * (matched[row] as number);
      if (score > 0 && best.wants(score) && admits?.[row] !== 0) best.add(row, score);
    }
    return best.rows();
  }

  /** Counts the rows that hold a word. */
  #count(word: number, lengths: Float32Array, scores: Float32Array, matched: Uint8Array): void {
    const found = this.#parts.map((part) => ({ part, at: part.find(word) }));
    const rows = found.reduce((sum, { at }) => sum + (at === null ? 0 : at.to - at.from), 0);
    const rarity = Math.log(1 + (this.#lengths.length - rows + 0.5) / (rows + 0.5));
    for (const { part, at } of found) {
      if (at === null) continue;
      for (let i = at.from; i < at.to; i++) {
        const row = part.rows[i] as number;
        const count = part.counts[i] as number;
        const share = (count * (SATURATION + 1)) / (count + (lengths[row] as number));
        scores[row] = (scores[row] as number) + rarity * (FLOOR + share);
        matched[row] = (matched[row] as number) + 1;
      }
    }
  }

  /** How much the length of each row counts, compared with the mean. */
  #weighedLengths(): Float32Array {
    if (this.#weighed !== null) return this.#weighed;
    const weighed = new Float32Array(this.#lengths.length);
    const share = (SATURATION * LENGTH_SHARE * this.#lengths.length) / this.#words;
    for (let row = 0; row < weighed.length; row++)
      weighed[row] = SATURATION * (1 - LENGTH_SHARE) + share * (this.#lengths[row] as number);
    this.#weighed = weighed;
    return weighed;
  }

  /** Makes a part of what is new. Small parts of similar size are merged, so that there are few and each is merged rarely. */
  #merge(): void {
    if (this.#unmerged.length === 0) return;
    this.#parts.push(Postings.of(this.#unmerged));
    this.#unmerged = [];
    this.#unmergedWords = 0;
    for (;;) {
      const [before, last] = this.#parts.slice(-2);
      if (before === undefined || last === undefined || before.size > 2 * last.size) return;
      if (before.size + last.size > MOST_WORDS_A_PART) return;
      this.#parts.splice(-2, 2, before.mergedWith(last));
    }
  }
}

function readWords(text: string): ReadText {
  const counts = new Map<number, number>();
  for (const word of wordsOf(text)) {
    const key = hash(stemOf(word));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const hashes = new Uint8Array(Uint32Array.from(counts.keys()).buffer);
  const digest = new Uint8Array(counts.size * BYTES_A_WORD);
  digest.set(hashes);
  digest.set(
    Uint8Array.from(counts.values(), (count) => Math.min(255, count)),
    hashes.length,
  );
  return { digest, body: null };
}
