/** What is used of a global of Node that its types leave to browsers. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** Addresses in the memory of the module: the question's signs, the results, and the signs of the windows. */
const RESULTS = 0x10000;
const SIGNS = 0x20000;
const PAGES = 4;
const BYTES_OF_SIGNS = PAGES * 0x10000 - SIGNS;

/** One for each width, because each memory of WebAssembly takes gigabytes of addresses. */
const counters = new Map<number, SignCounter>();

/**
 * Counts in how many signs each window differs from a question. WebAssembly counts the bits of 64 signs with one instruction of
 * the processor, where JavaScript needs a dozen for 32.
 * @param question its signs, an even number of them
 * @param signs of all windows, as many numbers for each as the question has
 * @param differences receives one number for each window
 */
export function countSignDifferences(question: Uint32Array, signs: Uint32Array, differences: Uint16Array): void {
  const counter = counters.get(question.length) ?? new SignCounter(question.length);
  counters.set(question.length, counter);
  counter.count(question, signs, differences);
}

class SignCounter {
  readonly #count: (sign: number, end: number, result: number) => unknown;
  readonly #question: Uint32Array;
  readonly #results: Uint16Array;
  readonly #signs: Uint32Array;
  readonly #width: number;

  /** @param width how many numbers of 32 bits hold the signs of a window */
  constructor(width: number) {
    const memory = new WebAssembly.Memory({ initial: PAGES });
    const module = new WebAssembly.Module(moduleFor(width / 2));
    const { count } = new WebAssembly.Instance(module, { it: { memory } }).exports;
    if (typeof count !== 'function') throw new Error('The module has no function.');
    this.#count = (sign, end, result) => count(sign, end, result);
    this.#width = width;
    this.#question = new Uint32Array(memory.buffer, 0, width);
    this.#results = new Uint16Array(memory.buffer, RESULTS, (SIGNS - RESULTS) / 2);
    this.#signs = new Uint32Array(memory.buffer, SIGNS);
  }

  count(question: Uint32Array, signs: Uint32Array, differences: Uint16Array): void {
    this.#question.set(question);
    const most = Math.floor(BYTES_OF_SIGNS / 4 / this.#width);
    for (let from = 0; from < differences.length; from += most) {
      const windows = Math.min(most, differences.length - from);
      const piece = signs.subarray(from * this.#width, (from + windows) * this.#width);
      this.#signs.set(piece);
      this.#count(SIGNS, SIGNS + piece.byteLength, RESULTS);
      differences.set(this.#results.subarray(0, windows), from);
    }
  }
}

/** A module with the function `count(sign, end, result)` for windows of so many numbers of 64 bits. */
function moduleFor(words: number): Uint8Array {
  const I32 = 0x7f;
  const [sign, end, result] = [0, 1, 2];
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const tee = (local: number) => [0x22, local];
  const i32 = { const: (value: number) => [0x41, ...number(value)], add: [0x6a], lessThan: [0x49] };
  const i64 = {
    load: (offset: number) => [0x29, 3, ...number(offset)],
    store16: [0x3d, 1, ...number(0)],
    add: [0x7c],
    xor: [0x85],
    countBits: [0x7b],
  };
  const difference = (word: number) => [
    ...[...get(sign), ...i64.load(8 * word)],
    ...[...i32.const(0), ...i64.load(8 * word)],
    ...[...i64.xor, ...i64.countBits, ...(word > 0 ? i64.add : [])],
  ];
  const loop = [
    ...[0x03, 0x40],
    ...get(result),
    ...Array.from({ length: words }, (_, word) => difference(word)).flat(),
    ...i64.store16,
    ...[...get(result), ...i32.const(2), ...i32.add, ...set(result)],
    ...[...get(sign), ...i32.const(8 * words), ...i32.add, ...tee(sign)],
    // Repeats while the sign is before the end.
    ...[...get(end), ...i32.lessThan, 0x0d, 0],
    0x0b,
  ];
  const body = [0, ...loop, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, 3, I32, I32, I32, 0]),
    ...section(2, [...name('it'), ...name('memory'), 0x02, 0, PAGES]),
    ...section(3, [0]),
    ...section(7, [...name('count'), 0x00, 0]),
    ...section(10, [...number(body.length), ...body]),
  ]);
}

/** A section with one entry. */
function section(kind: number, entry: readonly number[]): number[] {
  return [kind, ...number(entry.length + 1), 1, ...entry];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text)];
}

/** A positive number, 7 bits in each byte. */
function number(value: number): number[] {
  return [...[0, 7, 14, 21].map((shift) => ((value >>> shift) & 0x7f) | 0x80), 0];
}
