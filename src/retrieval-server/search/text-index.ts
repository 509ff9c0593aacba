export interface ScoredId {
  id: string;
  score: number;
}

/** What stands for one of Pinecone's hosted models: finds texts by a text. */
export interface TextIndex {
  /** Adds or replaces. */
  put(id: string, text: string): void;
  delete(id: string): void;
  /** Best first. Only ids that `accept` admits. */
  search(text: string, limit: number, accept: (id: string) => boolean): ScoredId[];
}
