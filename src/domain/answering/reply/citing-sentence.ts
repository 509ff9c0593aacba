/** How much of an answer is kept to tell what a citation stands for. */
const KEPT = 2_000;
const FEWEST_WORDS = 3;

/** Follows an answer, and tells which words of it a citation stands for: those of its sentence since the last citation. */
export class CitingSentence {
  #text = '';
  /** Where the last citation stands in the text. */
  #cited = 0;
  #words = '';

  addText(text: string): void {
    this.#text += text;
    const over = this.#text.length - KEPT;
    if (over <= 0) return;
    this.#text = this.#text.slice(over);
    this.#cited = Math.max(0, this.#cited - over);
  }

  /** The words for a citation at the end of the text so far. */
  cite(): string {
    const fresh = this.#text.slice(this.#cited);
    this.#cited = this.#text.length;
    // A citation right behind another one stands for the same words.
    if (wordsOf(fresh) === 0 && this.#words !== '') return this.#words;
    const line = this.#text.slice(this.#text.trimEnd().lastIndexOf('\n') + 1);
    const sentence = line.replace(/^.*[.!?…]["”»)*_]*\s+(?=\S)/su, '');
    this.#words = fresh.length < sentence.length && wordsOf(fresh) >= FEWEST_WORDS ? fresh : sentence;
    return this.#words;
  }
}

function wordsOf(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
