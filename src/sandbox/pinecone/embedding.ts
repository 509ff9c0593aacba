import { stemOf, wordsOf } from './words.ts';

export const DIMENSION = 512;

/** What one hashed piece of a word weighs beside its whole stem. */
const PIECE_WEIGHT = 0.4;
const PIECE_LENGTHS = [3, 4, 5];

/** How rare a stem is in what was seen so far: 0 for one that is everywhere. */
export type Rarity = (stem: string) => number;

/**
 * A plain local embedding, no trained model: a text is the sum of its words, rare ones weighing more, and a word is the
 * sum of its stem and of its character n-grams, each hashed to a signed dimension. So inflections, compounds and
 * misspellings lie near each other; synonyms do not. @returns a unit vector, or zeros for a text without known weight.
 */
export function embed(words: readonly string[], rarity: Rarity): Float32Array {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vector = new Float32Array(DIMENSION);
  for (const [word, count] of counts) {
    const weight = (1 + Math.log(count)) * rarity(stemOf(word));
    if (weight > 0) addWord(vector, word, weight);
  }
  return unit(vector);
}

/** The distinct stems of a text. */
export function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).map(stemOf));
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < DIMENSION; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addWord(vector: Float32Array, word: string, weight: number): void {
  const [stem, ...pieces] = placesOf(word);
  add(vector, stem as number, weight);
  for (const piece of pieces) add(vector, piece, weight * PIECE_WEIGHT);
}

function add(vector: Float32Array, hash: number, weight: number): void {
  const place = hash % DIMENSION;
  vector[place] = (vector[place] as number) + (hash >>> 31 === 1 ? weight : -weight);
}

const places = new Map<string, Uint32Array>();
const MOST_PLACES = 100_000;

/** The hash of the word's stem, then those of its pieces. Remembered, for the same words come again. */
function placesOf(word: string): Uint32Array {
  const known = places.get(word);
  if (known) return known;
  if (places.size >= MOST_PLACES) places.clear();
  const hashes = Uint32Array.from([`=${stemOf(word)}`, ...piecesOf(`^${word}$`)], hash);
  places.set(word, hashes);
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

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(cosine(vector, vector));
  if (length === 0) return vector;
  return vector.map((value) => value / length);
}
