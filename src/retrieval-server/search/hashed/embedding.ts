import { wordsOf } from '../../../domain/shared/words.ts';
import { featuresOf } from './features.ts';
import { add, DIMENSION, lengthOf, stretch, type Vector, zero } from './vector.ts';
import { Vocabulary } from './vocabulary.ts';

/** The weight of one piece of a word, compared with its whole stem. */
const PIECE_SHARE = 0.5;
/** The weight of the words that occur together with those of a text, compared with the words of the text. */
const CONTEXT_SHARE = 0.5;
/** The weight of a feature that no text has. It counts as a rare one. */
const UNKNOWN = 3;

/**
 * A simple local embedding that learns from the indexed texts only, without a trained model. The words of a text are hashed
 * to signed dimensions, and rare words weigh more (random indexing). The vectors of texts with the same words are added, so
 * that words that occur together lie near each other.
 */
export class Embedding {
  readonly #vocabulary = new Vocabulary();
  readonly #contexts = new Map<number, Vector>();

  /** Counts a text in. */
  count(text: string): void {
    this.#vocabulary.count(wordsOf(text));
  }

  /** Learns anew which words occur together. Earlier vectors cannot be compared with later ones. */
  learn(texts: Iterable<string>): void {
    this.#contexts.clear();
    for (const text of texts) {
      const words = countsOf(wordsOf(text));
      const vector = this.#ofWords(words);
      for (const [word, count] of words) {
        const stem = stemFeatureOf(word);
        const context = this.#contexts.get(stem) ?? zero();
        add(context, vector, 1 + Math.log(count));
        this.#contexts.set(stem, context);
      }
    }
    for (const context of this.#contexts.values()) stretch(context, 1);
  }

  /** @returns a vector of length 1. It is shorter when some words occur in no text. */
  embed(words: readonly string[]): Vector {
    const counts = countsOf(words);
    const vector = this.#ofWords(counts);
    const length = lengthOf(vector);
    add(vector, this.#ofCompany(counts), length * CONTEXT_SHARE);
    return stretch(vector, length);
  }

  #ofWords(words: ReadonlyMap<string, number>): Vector {
    const vector = zero();
    let unknown = 0;
    for (const [word, count] of words) {
      let weight = 1 + Math.log(count);
      for (const feature of featuresOf(word)) {
        const rarity = this.#vocabulary.rarityOf(feature);
        if (rarity === undefined) unknown += (UNKNOWN * weight) ** 2;
        else addFeature(vector, feature, rarity * weight);
        weight = (1 + Math.log(count)) * PIECE_SHARE;
      }
    }
    const known = lengthOf(vector);
    return stretch(vector, known / (Math.hypot(known, Math.sqrt(unknown)) || 1));
  }

  #ofCompany(words: ReadonlyMap<string, number>): Vector {
    const vector = zero();
    for (const [word, count] of words) {
      const stem = stemFeatureOf(word);
      const context = this.#contexts.get(stem);
      if (context) add(vector, context, (1 + Math.log(count)) * (this.#vocabulary.rarityOf(stem) ?? 0));
    }
    return stretch(vector, 1);
  }
}

function stemFeatureOf(word: string): number {
  return featuresOf(word)[0] as number;
}

function addFeature(vector: Vector, feature: number, weight: number): void {
  const place = feature % DIMENSION;
  vector[place] = (vector[place] as number) + (feature >>> 31 === 1 ? weight : -weight);
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
