import { BestRows } from './best-rows.ts';
import { countSignDifferences } from './sign-counter.ts';
import { signScores } from './sign-scores.ts';
import type { BodyReader, FoundRow, SearchIndex, SearchLimits } from './text-model.ts';
import { withRoom } from './typed-numbers.ts';
import { cosine, decodeDigest, signsOf, signsWidth } from './window-vectors.ts';

/** How many windows are chosen for each row that is wanted: by the count of differing signs, and of those by their scores. */
const CHOSEN_BY_SIGNS = 20;
const CHOSEN_BY_SCORE = 3;

export interface WindowIndexOptions {
  /** To a vector of length 1. */
  embed(question: string): Promise<Float32Array>;
  /** The cosine that the best text must reach; below it nothing is found, because all texts are then alike. */
  minScore: number;
  readBodies: BodyReader;
}

/** Texts by the best of their windows: all windows are compared by their signs, and the nearest by their cosines. */
export class WindowIndex implements SearchIndex {
  readonly #options: WindowIndexOptions;
  #dimension = 0;
  #windows = 0;
  /** Of all windows, one after another. */
  #signs: Uint32Array = new Uint32Array(0);
  /** The row of each window. */
  #rows: Uint32Array = new Uint32Array(0);
  /** The first window of each row. */
  readonly #firsts: number[] = [];
  /** In how many signs each window differs from the question of a search. It is kept for the next one, because it is large. */
  #differences = new Uint16Array(0);

  constructor(options: WindowIndexOptions) {
    this.#options = options;
  }

  add(row: number, digest: Uint8Array): void {
    this.#firsts[row] = this.#windows;
    const { dimension, signs } = decodeDigest(digest);
    if (dimension === 0) return;
    if (this.#windows === 0) this.#dimension = dimension;
    this.#assertDimension(dimension);
    const width = signsWidth(dimension);
    const windows = this.#windows + signs.length / width;
    this.#signs = withRoom(this.#signs, windows * width);
    this.#signs.set(signs, this.#windows * width);
    this.#rows = withRoom(this.#rows, windows);
    this.#rows.fill(row, this.#windows, windows);
    this.#windows = windows;
  }

  async search(text: string, { limit, accepted }: SearchLimits): Promise<FoundRow[]> {
    if (this.#windows === 0) return [];
    const question = await this.#options.embed(text);
    this.#assertDimension(question.length);
    const nearest = this.#nearest(signsOf(question), CHOSEN_BY_SIGNS * limit, accepted());
    const best = bestOf(nearest, signScores(question, this.#signs, nearest), CHOSEN_BY_SCORE * limit);
    const found = this.#compare(question, best, limit);
    return (found[0]?.score ?? 0) >= this.#options.minScore ? found : [];
  }

  /** The accepted windows that differ from the question in the fewest signs. This gives nearly the order of their cosines and is much quicker. */
  #nearest(question: Uint32Array, count: number, accepted: Uint8Array | null): number[] {
    if (this.#differences.length !== this.#windows) this.#differences = new Uint16Array(this.#windows);
    const differences = this.#differences;
    countSignDifferences(question, this.#signs, differences);
    // More signs than there are: such a window is never near enough.
    const never = this.#dimension + 1;
    if (accepted !== null) {
      for (let window = 0; window < differences.length; window++)
        if (accepted[this.#rows[window] as number] === 0) differences[window] = never;
    }
    const windowsAt = new Uint32Array(never + 1);
    for (let window = 0; window < differences.length; window++)
      windowsAt[differences[window] as number] = (windowsAt[differences[window] as number] as number) + 1;
    let most = 0;
    for (let sum = windowsAt[0] as number; sum < count && most < this.#dimension; most++)
      sum += windowsAt[most + 1] as number;
    const nearest: number[] = [];
    for (let window = 0; window < differences.length; window++)
      if ((differences[window] as number) <= most) nearest.push(window);
    return nearest;
  }

  #compare(question: Float32Array, windows: readonly number[], limit: number): FoundRow[] {
    const rows = [...new Set(windows.map((window) => this.#rows[window] as number))];
    const bodies = new Map(this.#options.readBodies(rows).map((body, i) => [rows[i], body]));
    const scores = new Map<number, number>();
    for (const window of windows) {
      const row = this.#rows[window] as number;
      const body = bodies.get(row);
      if (!body) continue;
      const score = cosine(body, window - (this.#firsts[row] as number), question);
      if (score > (scores.get(row) ?? Number.NEGATIVE_INFINITY)) scores.set(row, score);
    }
    const best = new BestRows(limit);
    for (const [row, score] of scores) best.add(row, score);
    return best.rows();
  }

  #assertDimension(found: number): void {
    if (found === this.#dimension) return;
    throw new Error(
      `The model gives ${found} numbers for a text; the vectors of this namespace have ${this.#dimension}.`,
    );
  }
}

/** The windows with the highest scores, in their order. */
function bestOf(windows: readonly number[], scores: Float32Array, count: number): number[] {
  const least = scores.toSorted().at(-count) ?? Number.NEGATIVE_INFINITY;
  return windows.filter((_, i) => (scores[i] as number) >= least);
}
