/** How models mark their thinking where their server leaves it in the text. */
const MARKS = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['◁think▷', '◁/think▷'],
  ['<|channel|>analysis<|message|>', '<|channel|>final<|message|>'],
] as const;

const LONGEST_MARK = Math.max(...MARKS.flat().map((mark) => mark.length));

/** A text without the model's thinking. Stored answers of earlier releases may have some. */
export function withoutThinking(text: string): string {
  const end = endOfUnmarkedThinking(text);
  const filter = new ThinkingFilter(end === null ? [] : [end]);
  return filter.push(text) + filter.end();
}

/**
 * The mark that ends thinking which no mark began: some servers put the first mark into the prompt. Null where a text
 * has no such thinking.
 */
export function endOfUnmarkedThinking(text: string): string | null {
  for (const [begin, end] of MARKS) {
    const at = text.indexOf(end);
    if (at !== -1 && !text.slice(0, at).includes(begin) && !isCode(text.slice(0, at))) return end;
  }
  return null;
}

/** Each mark that may end thinking. */
export const THINKING_ENDS: readonly string[] = MARKS.map(([, end]) => end);

/**
 * Leaves the thinking out of a text that comes in pieces, however they cut it. Marks in code are words like any other.
 * Thinking that never ends leaves nothing behind at the beginning of a text; later in it the mark was a word.
 */
export class ThinkingFilter {
  #held = '';
  #shown = '';
  /** The marks of which one ends the thinking that is here; none: words are here. */
  #ends: readonly string[];
  /** Whether no mark has shown yet that the text begins with thinking. */
  #isGuess: boolean;
  /** Whether thinking was left out here, so that the blanks behind it go too. */
  #trims = false;

  /** @param ends marks of which one may end thinking that the text begins with; none: it begins with words. */
  constructor(ends: readonly string[] = []) {
    this.#ends = ends;
    this.#isGuess = ends.length > 0;
  }

  /** The next piece. @returns what of the text is certain by now. */
  push(piece: string): string {
    this.#held += piece;
    let certain = this.#ends.length === 0 ? this.#takeWords() : '';
    // Each turn leaves out one thinking that is here from beginning to end.
    while (this.#skipThinking()) certain += this.#takeWords();
    return certain;
  }

  /** The text begins with words, where that was uncertain. @returns those that were held back. */
  beginsWithWords(): string {
    if (!this.#isGuess) return '';
    this.#isGuess = false;
    this.#ends = [];
    return this.push('');
  }

  /** The rest, once the text is over. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    const isThinking = this.#ends.length > 0 && !this.#isGuess && this.#shown.trim() === '';
    return isThinking ? '' : this.#show(held);
  }

  #takeWords(): string {
    const mark = firstMark(this.#held, this.#shown);
    if (mark === null) {
      const certain = this.#held.length - lengthOfOpenMark(this.#held);
      // Blanks at the beginning may stand before thinking.
      const isBlank = this.#shown === '' && this.#held.slice(0, certain).trim() === '';
      return isBlank ? '' : this.#show(this.#cut(certain));
    }
    this.#ends = [mark.end];
    const words = this.#cut(mark.at);
    return this.#shown === '' && words.trim() === '' ? '' : this.#show(words);
  }

  #skipThinking(): boolean {
    const end = firstEnd(this.#held, this.#ends, this.#isGuess);
    if (end === null) return false;
    this.#cut(end);
    this.#ends = [];
    this.#isGuess = false;
    this.#trims = true;
    return true;
  }

  #show(words: string): string {
    const shown = this.#trims && (this.#shown === '' || /\s$/.test(this.#shown)) ? words.trimStart() : words;
    if (shown !== '') this.#trims = false;
    this.#shown += shown;
    return shown;
  }

  #cut(length: number): string {
    const cut = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return cut;
  }
}

/** The first mark in `text` that begins thinking, given what stands before it. */
function firstMark(text: string, before: string): { at: number; end: string } | null {
  let first: { at: number; end: string } | null = null;
  for (const [begin, end] of MARKS) {
    for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + 1)) {
      if (isCode(before + text.slice(0, at))) continue;
      if (first === null || at < first.at) first = { at, end };
      break;
    }
  }
  return first;
}

/** Where the first of these marks is over; null where there is none. */
function firstEnd(text: string, marks: readonly string[], isGuess: boolean): number | null {
  let first: number | null = null;
  for (const mark of marks) {
    const at = text.indexOf(mark);
    // Nothing says yet that this is thinking, so code is code.
    if (at === -1 || (isGuess && isCode(text.slice(0, at)))) continue;
    first = Math.min(first ?? Number.POSITIVE_INFINITY, at + mark.length);
  }
  return first;
}

/** Whether a word after this text would stand in a fenced block or directly behind a backtick. */
function isCode(before: string): boolean {
  return before.endsWith('`') || (before.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
}

/** How much of the end of `text` may be the beginning of a mark. */
function lengthOfOpenMark(text: string): number {
  for (let length = Math.min(text.length, LONGEST_MARK - 1); length > 0; length--) {
    const tail = text.slice(-length);
    if (MARKS.some(([begin]) => begin.startsWith(tail))) return length;
  }
  return 0;
}
