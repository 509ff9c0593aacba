import type { Citation, Message } from '../../../sdk/wire-types.ts';

/** A stretch of an answer: text, or the label of a citation, such as `[1]`, with what it cites. */
export interface Piece {
  text: string;
  citation: Citation | null;
}

/** A stored answer as pieces: each citation gets the label that `content` has in its place. */
export function piecesOf({ content, parts }: Pick<Message, 'content' | 'parts'>): Piece[] {
  let at = 0;
  return parts.map((part) => {
    const text = part.type === 'text' ? part.text : (/^\[\d+\]/.exec(content.slice(at))?.[0] ?? '[·]');
    at += text.length;
    return { text, citation: part.type === 'text' ? null : part };
  });
}

/** The number of a citation, without its brackets. */
export function labelOf({ text }: Piece): string {
  return text.replace(/[[\]]/g, '');
}
