import { featuresOf, stemFeature } from './features.ts';
import { add, DIMENSION, lengthOf, stretch, type Vector, zero } from './vector.ts';
import { stemOf, wordsOf } from './words.ts';

/** What the company of its words counts beside the words of a text themselves. */
const CONTEXT_SHARE = 0.5;
/** What a feature that no text has weighs: as one that is rare. */
const UNKNOWN_WEIGHT = 3;

/**
 * A plain local embedding that learns from the indexed texts alone; no trained model. The words of a text are hashed to
 * signed dimensions, rare ones weighing more (random indexing); to these is added what the texts that use the same words
 * look like, so that words that keep company lie near each other.
 */
export class Embedding {
  readonly #textsWith = new Map<number, number>();
  readonly #contexts = new Map<string, Vector>();
  #texts = 0;

  /** Counts a text in, or out again. */
  count(text: string, change: 1 | -1): void {
    this.#texts += change;
    for (const feature of featuresOf(wordsOf(text)).keys()) {
      const texts = (this.#textsWith.get(feature) ?? 0) + change;
      if (texts > 0) this.#textsWith.set(feature, texts);
      else this.#textsWith.delete(feature);
    }
  }

  /** Learns the company of words anew. Vectors made before are not comparable with those made after. */
  learn(texts: Iterable<string>): void {
    this.#contexts.clear();
    for (const text of texts) {
      const words = wordsOf(text);
      const vector = this.#ofWords(words);
      for (const [stem, count] of stemsOf(words)) {
        const context = this.#contexts.get(stem) ?? zero();
        add(context, vector, 1 + Math.log(count));
        this.#contexts.set(stem, context);
      }
    }
    for (const context of this.#contexts.values()) stretch(context, 1);
  }

  /** @returns a vector of length 1, or less by what the words have that no text has. */
  embed(words: readonly string[]): Vector {
    const vector = this.#ofWords(words);
    const length = lengthOf(vector);
    add(vector, this.#ofCompany(words), length * CONTEXT_SHARE);
    return stretch(vector, length);
  }

  #ofWords(words: readonly string[]): Vector {
    const vector = zero();
    let unknown = 0;
    for (const [feature, count] of featuresOf(words)) {
      const weight = Math.log1p(count) * (this.#rarity(feature) ?? UNKNOWN_WEIGHT);
      const place = feature % DIMENSION;
      if (!this.#textsWith.has(feature)) unknown += weight * weight;
      else vector[place] = (vector[place] as number) + (feature >>> 31 === 1 ? weight : -weight);
    }
    const known = lengthOf(vector);
    return stretch(vector, known / (Math.hypot(known, Math.sqrt(unknown)) || 1));
  }

  #ofCompany(words: readonly string[]): Vector {
    const vector = zero();
    for (const [stem, count] of stemsOf(words)) {
      const context = this.#contexts.get(stem);
      if (context) add(vector, context, (1 + Math.log(count)) * (this.#rarity(stemFeature(stem)) ?? 0));
    }
    return stretch(vector, 1);
  }

  /** 0 for a feature that every text has; undefined for one that none has. */
  #rarity(feature: number): number | undefined {
    const texts = this.#textsWith.get(feature);
    return texts === undefined ? undefined : Math.log((this.#texts + 1) / texts);
  }
}

function stemsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    const stem = stemOf(word);
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}
