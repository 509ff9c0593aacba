import { createHash } from 'node:crypto';
import type { Embedder } from '../../src/retrieval-server/embeddings/embedder.ts';

const DIMENSION = 384;

/**
 * Vectors without meaning, as many numbers as the real model gives and always the same for a text: for measuring how fast
 * an index is at a size that the real model would need hours to embed.
 */
export function syntheticEmbedder(): Embedder {
  return {
    model: 'synthetic',
    source: 'folder',
    minScore: 0,
    embed: async (texts) => texts.map(vectorOf),
    close: async () => {},
  };
}

function vectorOf(text: string): Float32Array {
  let state = createHash('sha1').update(text).digest().readUInt32LE();
  const vector = Float32Array.from({ length: DIMENSION }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
