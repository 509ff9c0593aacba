import { BestRows } from './best-rows.ts';
import type { FoundRow, SearchIndex, SearchLimits } from './text-model.ts';
import { WindowBlock } from './window-block.ts';
import { decodeVectors, signsOf } from './window-vectors.ts';

/** How many windows are compared by their cosines for each row that is wanted; the first choice is by signs. */
const CANDIDATES_A_ROW = 10;
const WIDER = 4;
const SMALLEST_BLOCK = 32;
/** The size of a new block as a share of what is there, so that little of it stays empty. */
const GROWTH = 4;

/** Texts by the best of their windows: every window's signs are compared, then the cosines of the nearest. */
export class WindowIndex implements SearchIndex {
  readonly #embed: (question: string) => Promise<Float32Array>;
  readonly #minScore: number;
  readonly #blocks: WindowBlock[] = [];
  #dimension = 0;
  #windows = 0;

  /**
   * @param embed to a vector of length 1
   * @param minScore the cosine that the best text must reach; below it nothing is found, because all texts are then alike
   */
  constructor(embed: (question: string) => Promise<Float32Array>, minScore: number) {
    this.#embed = embed;
    this.#minScore = minScore;
  }

  add(row: number, body: Uint8Array): void {
    const { dimension, numbers } = decodeVectors(body);
    if (dimension === 0) return;
    if (this.#windows === 0) this.#dimension = dimension;
    this.#assertDimension(dimension);
    for (let at = 0; at < numbers.length; at += dimension) this.#room().add(row, numbers.subarray(at, at + dimension));
  }

  async search(text: string, limits: SearchLimits): Promise<FoundRow[]> {
    if (this.#windows === 0) return [];
    const question = await this.#embed(text);
    this.#assertDimension(question.length);
    const differences = this.#differences(signsOf(question));
    for (let candidates = CANDIDATES_A_ROW * limits.limit; ; candidates *= WIDER) {
      const found = this.#compare(question, differences, mostDifference(differences, candidates), limits);
      // A narrow filter may admit few of the nearest.
      if (found.length < limits.limit && candidates < this.#windows) continue;
      return (found[0]?.score ?? 0) >= this.#minScore ? found : [];
    }
  }

  #differences(signs: Uint32Array): Uint16Array[] {
    return this.#blocks.map((block) => {
      const differences = new Uint16Array(block.length);
      block.countDifferences(signs, differences);
      return differences;
    });
  }

  #compare(
    question: Float32Array,
    differences: readonly Uint16Array[],
    most: number,
    { limit, accepts }: SearchLimits,
  ): FoundRow[] {
    const scores = new Map<number, number>();
    for (const [i, block] of this.#blocks.entries()) {
      const own = differences[i] as Uint16Array;
      for (let window = 0; window < own.length; window++) {
        if ((own[window] as number) > most) continue;
        const row = block.rows[window] as number;
        if (!accepts(row)) continue;
        const score = block.cosine(window, question);
        if (score > (scores.get(row) ?? 0)) scores.set(row, score);
      }
    }
    const best = new BestRows(limit);
    for (const [row, score] of scores) best.add(row, score);
    return best.rows();
  }

  #room(): WindowBlock {
    this.#windows++;
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.length < last.capacity) return last;
    const block = new WindowBlock(Math.max(SMALLEST_BLOCK, Math.ceil(this.#windows / GROWTH)), this.#dimension);
    this.#blocks.push(block);
    return block;
  }

  #assertDimension(found: number): void {
    if (found === this.#dimension) return;
    throw new Error(
      `The model gives ${found} numbers for a text; the vectors of this namespace have ${this.#dimension}.`,
    );
  }
}

/** The number of different signs within which this many windows lie. */
function mostDifference(differences: readonly Uint16Array[], windows: number): number {
  const counts: number[] = [];
  for (const part of differences) for (const each of part) counts[each] = (counts[each] ?? 0) + 1;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i] ?? 0;
    if (sum >= windows) return i;
  }
  return counts.length;
}
