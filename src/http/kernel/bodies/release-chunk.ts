/**
 * Frees the memory of a chunk that nobody reads any more. Chunks are so small to the collector that it would let hundreds
 * of megabytes of them gather first.
 */
export function releaseChunk({ buffer, byteLength }: Buffer): void {
  // One that is a part of a larger buffer is left alone, because other chunks may stand there.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
