/** Numbers the words of texts in the order in which they come. A word is a hash of 32 bits, so its own bits place it. */
export class WordNumbers {
  readonly words: number[] = [];
  /** The number of a word and 1 more; 0 where there is none. There are at least twice as many slots as words. */
  #slots = new Uint32Array(1024);

  numberOf(word: number): number {
    const slot = this.#slotOf(word);
    const held = this.#slots[slot] as number;
    if (held > 0) return held - 1;
    this.#slots[slot] = this.words.push(word);
    if (2 * this.words.length > this.#slots.length) this.#grow();
    return this.words.length - 1;
  }

  /** Where the word stands, or would stand. */
  #slotOf(word: number): number {
    const last = this.#slots.length - 1;
    for (let slot = word & last; ; slot = (slot + 1) & last) {
      const held = this.#slots[slot] as number;
      if (held === 0 || this.words[held - 1] === word) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (const [i, word] of this.words.entries()) this.#slots[this.#slotOf(word)] = i + 1;
  }
}
