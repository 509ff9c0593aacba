import {
  behindFirstEnd,
  closersOf,
  endOfUnmarkedThinking,
  firstBegin,
  lengthOfOpener,
  lengthOfTail,
} from './reply-marks.ts';

/** A text without the model's thinking. Stored answers of earlier releases may have some. */
export function withoutThinking(text: string): string {
  const end = endOfUnmarkedThinking(text);
  const filter = new ThinkingFilter(end === null ? [] : [end]);
  return filter.push(text) + filter.end();
}

/**
 * Leaves the thinking out of a text that comes in pieces, however they cut it, and with it the tokens that templates put
 * around an answer. Marks in code are words like any other. Thinking that never ends leaves nothing behind at the beginning
 * of a text; later in it the mark was a word.
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
  /** Whether a mark behind thinking began the answer, so that another one ends it. */
  #hasOpener = false;

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
    if (isThinking) return '';
    return this.#show(held.slice(0, held.length - closersOf(held, this.#shown, this.#hasOpener)));
  }

  #takeWords(): string {
    if (this.#trims && !this.#skipOpener()) return '';
    const mark = firstBegin(this.#held, this.#shown);
    if (mark === null) {
      const certain = this.#held.length - lengthOfTail(this.#held, this.#shown, this.#hasOpener);
      // Blanks at the beginning may stand before thinking.
      const isBlank = this.#shown === '' && this.#held.slice(0, certain).trim() === '';
      return isBlank ? '' : this.#show(this.#cut(certain));
    }
    this.#ends = [mark.end];
    const words = this.#cut(mark.at);
    return this.#shown === '' && words.trim() === '' ? '' : this.#show(words);
  }

  /** Leaves out what begins the answer behind thinking. @returns false where more of the text must arrive. */
  #skipOpener(): boolean {
    const words = this.#held.trimStart();
    const length = lengthOfOpener(words);
    if (length === null) return false;
    if (length > 0) {
      this.#held = words.slice(length);
      this.#hasOpener = true;
    }
    return true;
  }

  #skipThinking(): boolean {
    const end = behindFirstEnd(this.#held, this.#ends, this.#isGuess);
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
