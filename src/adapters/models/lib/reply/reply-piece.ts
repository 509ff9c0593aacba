import type { Said } from '../failures/said.ts';
import type { Counts } from './counts.ts';

/** What one document of a reply adds to it. */
export interface Piece {
  /** Words of the answer. */
  text?: string | undefined;
  /** Whether the text is the answer so far, of which pieces may have come before. */
  isWhole?: boolean | undefined;
  /** Whether it holds thinking in a place of its own. The text has none then. */
  thinksApart?: boolean | undefined;
  /** Why the model stopped, by the protocol's name for it. */
  finish?: string | undefined;
  model?: string | undefined;
  counts?: Counts | undefined;
  error?: Said | null | undefined;
  /** Whether the protocol says here that nothing more follows. */
  isLast?: boolean | undefined;
  /** Whether it is a body and no event, so that it is whole without saying so. */
  isBody?: boolean | undefined;
}

/** Reads a document in the protocol of one provider; null for one that does not belong to it. */
export type ReadPiece = (document: unknown, event: string | null) => Piece | null;
