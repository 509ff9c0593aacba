/** A record that was found, by its place in its namespace. */
export interface FoundRow {
  row: number;
  score: number;
}

/** What a search needs besides its question. */
export interface SearchLimits {
  limit: number;
  /** Whether a record may be found: it still stands, and the filter admits it. */
  accepts(row: number): boolean;
}

/** The records of one namespace in memory, made to be searched. */
export interface SearchIndex {
  /** @param row counts up from 0. @param body what `TextModel.read` made of its text */
  add(row: number, body: Uint8Array): void;
  /** Best first. */
  search(text: string, limits: SearchLimits): Promise<FoundRow[]>;
}

/** How texts become something that can be searched. */
export interface TextModel {
  /** Its name and version. What two models made of a text is not comparable. */
  readonly name: string;
  /** @returns what is stored and searched of each text, in their order. */
  read(texts: readonly string[]): Promise<Uint8Array[]>;
  createIndex(): SearchIndex;
}
