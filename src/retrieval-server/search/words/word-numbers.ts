/** Numbers the words of texts in the order in which they come. A word is a hash of 32 bits, so its own bits place it. */
export class WordNumbers {
  #words = new Uint32Array(1024);
  #count = 0;
  /** The number of a word and 1 more; 0 where there is none. There are at least four times as many slots as words. */
  #slots = new Uint32Array(4096);

  /** Each word once, in the order of their numbers. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#count);
  }

  /** Writes the number of each word of a text to `numbers`, from the position `at`. */
  number(text: Uint32Array, numbers: Uint32Array, at: number): void {
    // Millions of words are numbered when an index is loaded, so the loop reads no field.
    let slots = this.#slots;
    let words = this.#words;
    for (let i = 0; i < text.length; i++) {
      const word = text[i] as number;
      let slot = word & (slots.length - 1);
      while (slots[slot] !== 0 && words[(slots[slot] as number) - 1] !== word) slot = (slot + 1) & (slots.length - 1);
      numbers[at + i] = slots[slot] === 0 ? this.#count : (slots[slot] as number) - 1;
      if (slots[slot] !== 0) continue;
      words[this.#count++] = word;
      slots[slot] = this.#count;
      if (this.#count < words.length) continue;
      this.#grow();
      slots = this.#slots;
      words = this.#words;
    }
  }

  #grow(): void {
    const words = new Uint32Array(2 * this.#words.length);
    words.set(this.#words);
    this.#words = words;
    this.#slots = new Uint32Array(4 * words.length);
    for (let number = 0; number < this.#count; number++) {
      let slot = (words[number] as number) & (this.#slots.length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
    }
  }
}
