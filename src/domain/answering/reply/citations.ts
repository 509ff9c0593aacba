import type { Part } from '../../ask/message.ts';
import type { PromptLine } from '../prompt-line.ts';
import { type AnswerPiece, addPiece, type CitableLines, createNumbering, ReplyReader } from './reply-reader.ts';

/** A whole reply. */
export interface ParsedReply {
  /** Each cited moment has a number in it: `The launch moved to May 12 [1].` */
  content: string;
  parts: Part[];
  /** The lines of its citations, in their order. */
  cited: readonly PromptLine[];
  /** Whether the model says, by the token that the prompt asks for, that nothing it was shown answers. */
  saysNotFound: boolean;
  /** How many of its markers the prompt did not hand out. */
  dropped: number;
}

/**
 * A model's whole reply as parts. A marker that the prompt did not hand out is dropped; a reply without markers is one
 * plain text part.
 */
export function parseReply(reply: string, citable: CitableLines): ParsedReply {
  const reader = new ReplyReader(citable);
  const pieces = [...reader.push(reply), ...reader.end()];
  const { cited, saysNotFound, dropped } = reader;
  return { content: contentOf(pieces), parts: partsOf(pieces), cited, saysNotFound, dropped };
}

/** A stored answer in the pieces that a subscriber would have received. */
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
  return merged.map((piece) => {
    if (piece.type === 'text') return piece;
    const { text: _, ...part } = piece;
    return part;
  });
}
