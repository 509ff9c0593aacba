/** The vectors of the windows of one text, as whole numbers of 8 bits: two bytes tell their dimension, then each follows. */
export function encodeVectors(vectors: readonly Float32Array[]): Uint8Array {
  const dimension = vectors[0]?.length ?? 0;
  const body = new Uint8Array(2 + vectors.length * dimension);
  new DataView(body.buffer).setUint16(0, dimension, true);
  for (const [i, vector] of vectors.entries()) {
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const numbers = Int8Array.from(vector, (value) => Math.round((value / largest) * 127));
    body.set(new Uint8Array(numbers.buffer), 2 + i * dimension);
  }
  return body;
}

/** @returns the vectors, one after another; no vector where the text could not be embedded. */
export function decodeVectors(body: Uint8Array): { dimension: number; numbers: Int8Array } {
  if (body.length < 2) return { dimension: 0, numbers: new Int8Array(0) };
  const dimension = new DataView(body.buffer, body.byteOffset).getUint16(0, true);
  return { dimension, numbers: new Int8Array(body.buffer, body.byteOffset + 2, body.length - 2) };
}

/** The signs of a vector's numbers, 32 in each. */
export function signsOf(vector: ArrayLike<number>): Uint32Array {
  const signs = new Uint32Array(Math.ceil(vector.length / 32));
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] as number) > 0) signs[i >>> 5] = (signs[i >>> 5] as number) | (1 << (i & 31));
  }
  return signs;
}

/** How many bits of a number of 32 bits are set. */
export function bitsIn(number: number): number {
  let n = number - ((number >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
