import { wordsOf } from '../../../domain/shared/words.ts';
import { featuresOf } from './features.ts';
import { add, DIMENSION, lengthOf, stretch, type Vector, zero } from './vector.ts';
import { Vocabulary } from './vocabulary.ts';

/** What one piece of a word weighs beside its whole stem. */
const PIECE_SHARE = 0.5;
/** What the company of its words counts beside the words of a text themselves. */
const CONTEXT_SHARE = 0.5;
/** What a feature that no text has weighs: as one that is rare. */
const UNKNOWN = 3;

/**
 * A plain local embedding that learns from the indexed texts alone; no trained model. The words of a text are hashed to
 * signed dimensions, rare ones weighing more (random indexing); to these is added what the texts that use the same words
 * look like, so that words that keep company lie near each other.
 */
export class Embedding {
  readonly #vocabulary = new Vocabulary();
  readonly #contexts = new Map<number, Vector>();

  /** Counts a text in. */
  count(text: string): void {
    this.#vocabulary.count(wordsOf(text));
  }

  /** Learns the company of words anew. Vectors made before are not comparable with those made after. */
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

  /** @returns a vector of length 1, or less by what the words have that no text has. */
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
