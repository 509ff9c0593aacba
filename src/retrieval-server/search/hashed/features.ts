import { hash } from '../hash.ts';
import { stemOf } from '../query-words.ts';

const PIECE_LENGTHS = [3, 4, 5];

const known = new Map<string, Uint32Array>();
const MOST_KNOWN = 100_000;

/**
 * The hashed features of a word: its stem first, then its character n-grams, which inflections and misspellings mostly
 * share. They are cached, because the same words come again.
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
