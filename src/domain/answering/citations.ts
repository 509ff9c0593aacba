import type { Part } from '../ask/message.ts';
import { type AnswerPiece, addPiece, type CitationTarget, createNumbering, ReplyReader } from './reply-reader.ts';

/**
 * A model's whole reply as parts. A marker that the prompt did not hand out is dropped; a reply without markers is one
 * plain text part. In `content` each cited moment has a number: `The launch moved to May 12 [1].`
 */
export function parseReply(
  reply: string,
  targets: ReadonlyMap<string, CitationTarget>,
): { content: string; parts: Part[] } {
  const reader = new ReplyReader(targets);
  const pieces = [...reader.push(reply), ...reader.end()];
  return { content: contentOf(pieces), parts: partsOf(pieces) };
}

/** A stored answer in the pieces in which a listener would have got it. */
export function piecesOf(parts: readonly Part[]): AnswerPiece[] {
  const numbered = createNumbering();
  return parts.map((part) => (part.type === 'text' ? part : numbered(part)));
}

export function contentOf(pieces: readonly AnswerPiece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** An answer without its citations, as later prompts show it. */
export function stripCitations(parts: readonly Part[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('')
    .replace(/(?<! ) +(?=[.,;:!?])/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function partsOf(pieces: readonly AnswerPiece[]): Part[] {
  const merged: AnswerPiece[] = [];
  for (const piece of pieces) addPiece(merged, piece);
  return merged.map((piece) =>
    piece.type === 'text' ? piece : { type: 'citation', recordingId: piece.recordingId, startMs: piece.startMs },
  );
}
