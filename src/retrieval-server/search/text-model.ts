/** A record that was found, by its place in its namespace. */
export interface FoundRow {
  row: number;
  score: number;
}

/** What a model made of a text. */
export interface ReadText {
  /** What a search compares of every text. It is held in memory, and begins at a multiple of 4 bytes. */
  digest: Uint8Array;
  /** What it compares of the nearest only. It stays on disk; null where the digest is all. */
  body: Uint8Array | null;
}

/** What a search needs besides its question. */
export interface SearchLimits {
  limit: number;
  /** For each row, 1 where it may be found: it still stands, and the filter admits it. null where all rows may be. */
  accepted(): Uint8Array | null;
}

/** The records of one namespace in memory, made to be searched. */
export interface SearchIndex {
  /** @param row counts up from 0 */
  add(row: number, digest: Uint8Array): void;
  /** Best first. */
  search(text: string, limits: SearchLimits): Promise<FoundRow[]>;
}

/** Reads the bodies of these rows; null for a row that is gone. */
export type BodyReader = (rows: readonly number[]) => (Uint8Array | null)[];

/** How texts become something that can be searched. */
export interface TextModel {
  /** Its name and version. What two models made of a text is not comparable. */
  readonly name: string;
  /** @returns what is kept of each text, in their order. */
  read(texts: readonly string[]): Promise<ReadText[]>;
  createIndex(readBodies: BodyReader): SearchIndex;
}
