import { stemOf } from './words.ts';

/** What one piece of a word counts beside its whole stem. */
const PIECE_COUNT = 0.4;
const PIECE_LENGTHS = [3, 4, 5];

/** The hashed stems and character n-grams of words, each with how often it occurs: inflections and misspellings share most. */
export function featuresOf(words: readonly string[]): Map<number, number> {
  const features = new Map<number, number>();
  for (const word of words) {
    for (const [i, feature] of hashesOf(word).entries()) {
      features.set(feature, (features.get(feature) ?? 0) + (i === 0 ? 1 : PIECE_COUNT));
    }
  }
  return features;
}

/** The feature that stands for a whole stem. */
export function stemFeature(stem: string): number {
  return hash(`=${stem}`);
}

const known = new Map<string, Uint32Array>();
const MOST_KNOWN = 100_000;

/** The hash of the word's stem, then those of its pieces. Remembered, for the same words come again. */
function hashesOf(word: string): Uint32Array {
  const found = known.get(word);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const hashes = Uint32Array.of(stemFeature(stemOf(word)), ...piecesOf(`^${word}$`).map(hash));
  known.set(word, hashes);
  return hashes;
}

function piecesOf(word: string): string[] {
  return PIECE_LENGTHS.flatMap((length) =>
    Array.from({ length: Math.max(0, word.length - length) }, (_, start) => word.slice(start, start + length)),
  );
}

/** FNV-1a with a final mix. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
