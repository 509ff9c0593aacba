import { stemOf } from './query-words.ts';

const PIECE_LENGTHS = [3, 4, 5];

const known = new Map<string, Uint32Array>();
const MOST_KNOWN = 100_000;

/**
 * The hashed features of a word: its stem first, then its character n-grams, most of which inflections and misspellings
 * share. Remembered, for the same words come again.
 */
export function featuresOf(word: string): Uint32Array {
  const found = known.get(word);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const features = Uint32Array.of(hash(`=${stemOf(word)}`), ...piecesOf(`^${word}$`).map(hash));
  known.set(word, features);
  return features;
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
