/** The bytes as whole numbers of 32 bits, without a copy where they begin at a multiple of 4. */
export function numbersIn(bytes: Uint8Array, count: number): Uint32Array {
  if (bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  return new Uint32Array(bytes.slice(0, count * 4).buffer);
}

/** The array, or a larger copy where it has no room for so many numbers. */
export function withRoom(numbers: Uint32Array, length: number): Uint32Array {
  if (length <= numbers.length) return numbers;
  const larger = new Uint32Array(Math.ceil(length * GROWTH));
  larger.set(numbers);
  return larger;
}

const GROWTH = 1.25;
