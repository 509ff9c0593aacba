/** What a text is: a passage waits while questions are embedded. */
export type TextKind = 'question' | 'passage';

/** Turns texts into vectors that lie near each other where texts mean the same. */
export interface Embedder {
  /** Its name. Vectors of two names cannot be compared. */
  readonly model: string;
  /** Where the model comes from. */
  readonly source: 'folder' | 'cache' | 'hub' | 'registry' | 'server';
  /** The cosine that the best hit of a question must reach; 0 when it was not measured. */
  readonly minScore: number;
  /**
   * @returns a vector of length 1 for each text, in their order.
   * @throws RefusedText for a text that this model never takes; any other error may pass
   */
  embed(texts: readonly string[], kind: TextKind): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** A text that the model cannot embed, now or later. */
export class RefusedText extends Error {}

/** The vector scaled to length 1. @throws Error for a vector of zeros */
export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (!(length > 0)) throw new Error('The model gave a vector without a direction.');
  return vector.map((value) => value / length);
}
