import { featuresOf } from './features.ts';

/** Counts how many texts of a namespace have a feature. It tells which features are rare. */
export class Vocabulary {
  readonly #textsWith = new Map<number, number>();
  #texts = 0;

  /** Counts the words of a text in. */
  count(words: Iterable<string>): void {
    this.#texts++;
    const features = new Set<number>();
    for (const word of new Set(words)) for (const feature of featuresOf(word)) features.add(feature);
    for (const feature of features) this.#textsWith.set(feature, (this.#textsWith.get(feature) ?? 0) + 1);
  }

  /** 0 for a feature that every text has; undefined for one that none has. */
  rarityOf(feature: number): number | undefined {
    const texts = this.#textsWith.get(feature);
    return texts === undefined ? undefined : Math.log((this.#texts + 1) / texts);
  }
}
