export const GROUNDING_STATUSES = ['supported', 'partial', 'uncited', 'not_found', 'unchecked'] as const;
export const UNSUPPORTED_KINDS = ['number', 'date', 'name', 'speaker', 'quote'] as const;

/** A fact of an answer that the lines that it cites do not state. */
export interface UnsupportedPiece {
  /** Null once what it names is erased. */
  text: string | null;
  kind: (typeof UNSUPPORTED_KINDS)[number];
}

/** What became of looking up an answer's facts in the lines that it cites. */
export interface Grounding {
  status: (typeof GROUNDING_STATUSES)[number];
  /** The rules by which they were looked up. */
  method: string;
  unsupported: UnsupportedPiece[];
}
