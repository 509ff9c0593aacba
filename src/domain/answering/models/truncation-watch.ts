/** One prompt: our count of its tokens, its characters, and the server's count, cached tokens included. */
export interface CountedPrompt {
  ours: number;
  characters: number;
  counted: number;
}

/** `uncounted`: the server's number is no count of this prompt, because no server has so small a window. */
export type PromptVerdict = 'whole' | 'suspect' | 'truncated' | 'uncounted';

/** Below this nothing is cut: the smallest windows that servers have by default hold it. */
const LEAST_GUARDED = 2_000;
const LEAST_COUNT = 256;
const CERTAIN_BELOW = 0.75;
const SUSPECT_BELOW = 0.9;
const SAME_COUNT_DIFFERENCE = 0.1;
const REMEMBERED = 8;

/** A ratio is learned from two prompts of at least this size, which differ by this much at least, when the counts do too. */
const LEAST_LEARNED = 1_000;
const LEARNED_DIFFERENCE = 0.3;
const LEARNED_TOLERANCE = 0.05;
/** How far the characters of a token may lie from those that a ratio was learned from. It depends on the language. */
const SAME_LANGUAGE = 0.15;

/**
 * Notices a model server that silently cuts prompts, by the tokens that it counted. Its tokenizer is not ours, so a ratio is
 * learned for each model; it is 1 until then, so that the first prompt is guarded too.
 */
export class TruncationWatch {
  #seen: CountedPrompt[] = [];
  #learned: { ratio: number; charactersOfToken: number } | null = null;

  /** Judges a prompt, and learns from it. */
  judge(prompt: CountedPrompt): PromptVerdict {
    const { ours, counted } = prompt;
    if (ours >= LEAST_GUARDED && counted < LEAST_COUNT) return 'uncounted';
    const verdict = ours < LEAST_GUARDED ? 'whole' : this.#verdictOf(prompt);
    if (verdict === 'whole') this.#learnFrom(prompt);
    this.#seen = [...this.#seen, prompt].slice(-REMEMBERED);
    return verdict;
  }

  /** The server's tokens for one of ours; null until it is learned. */
  get ratio(): number | null {
    return this.#learned?.ratio ?? null;
  }

  #verdictOf(prompt: CountedPrompt): PromptVerdict {
    const share = prompt.counted / (prompt.ours * this.#ratioFor(prompt));
    if (share < CERTAIN_BELOW || this.#seen.some((earlier) => hasSameCount(prompt, earlier))) return 'truncated';
    return share < SUSPECT_BELOW ? 'suspect' : 'whole';
  }

  #ratioFor(prompt: CountedPrompt): number {
    if (this.#learned === null) return 1;
    const { ratio, charactersOfToken } = this.#learned;
    if (differenceOf(prompt.characters / prompt.ours, charactersOfToken) > SAME_LANGUAGE) return 1;
    // What is whole at a ratio a little below 1 is whole at 1 too, and 1 sees smaller cuts.
    return ratio >= SUSPECT_BELOW ? Math.max(ratio, 1) : ratio;
  }

  #learnFrom(prompt: CountedPrompt): void {
    const { ours, characters, counted } = prompt;
    const moved = this.#seen.findLast((earlier) => movesWith(prompt, earlier));
    if (moved === undefined) return;
    // The slope leaves out what a gateway adds to each prompt.
    const slope = (counted - moved.counted) / (ours - moved.ours);
    this.#learned = { ratio: Math.min(counted / ours, slope), charactersOfToken: characters / ours };
  }
}

function hasSameCount(prompt: CountedPrompt, earlier: CountedPrompt): boolean {
  return (
    earlier.counted === prompt.counted &&
    earlier.ours >= LEAST_GUARDED &&
    differenceOf(prompt.ours, earlier.ours) > SAME_COUNT_DIFFERENCE
  );
}

function movesWith(prompt: CountedPrompt, earlier: CountedPrompt): boolean {
  return (
    Math.min(prompt.ours, earlier.ours) >= LEAST_LEARNED &&
    differenceOf(prompt.ours, earlier.ours) >= LEARNED_DIFFERENCE &&
    differenceOf(prompt.counted / earlier.counted, prompt.ours / earlier.ours) <= LEARNED_TOLERANCE
  );
}

/** How much the larger of two numbers is above the smaller one, as a part of it. */
function differenceOf(a: number, b: number): number {
  return Math.max(a, b) / Math.min(a, b) - 1;
}
