import { textInPieces, wordsIn } from '../shared/words.ts';
import type { Segment } from './transcript.ts';

/**
 * What one person says in a moment: the smallest piece of a transcript that a prompt shows and a citation points to.
 * It is a segment, several neighbouring segments of one speaker, or a part of a long segment.
 */
export interface Line {
  /** In whole milliseconds from the start of the recording. */
  startMs: number;
  endMs: number;
  /** Null where the transcript names nobody. */
  speaker: string | null;
  /** The words, with single blanks between them. */
  text: string;
  /** Places of its first and last segment, from 0, both inclusive; null in an index that did not keep them. */
  segments: { first: number; last: number } | null;
}

/** A citation of a longer line would not point to a moment. */
const LONGEST_MS = 15_000;
/** Nor would one of more words, whatever the times of a segment say. */
const MOST_WORDS = 60;
/** A slow segment is not cut into pieces of fewer words. */
const FEWEST_WORDS = 8;
/** A piece may be longer than planned by this factor, so that it ends where a sentence does. */
const SLACK = 1.25;

/** A segment, or a part of one, and its place in the transcript, from 0. */
export type PlacedSegment = Segment & { place: number };

/** A transcript in lines. The same segments always give the same lines, and each word stands in exactly one. */
export function linesOf(segments: readonly Segment[]): Generator<Line, undefined> {
  return linesOfPlaced(segments.map((segment, place) => ({ ...segment, place })));
}

/** The same of segments that know their places, such as some of a transcript. */
export function* linesOfPlaced(segments: readonly PlacedSegment[]): Generator<Line, undefined> {
  let open: (Line & { words: number }) | null = null;
  for (const segment of segments) {
    const { place } = segment;
    for (const part of partsOf(segment, place)) {
      if (open !== null && goesOn(open, part)) {
        open.text += ` ${part.text}`;
        open.words += part.words;
        open.endMs = Math.max(open.endMs, part.endMs);
        open.segments = { first: open.segments?.first ?? place, last: place };
      } else {
        if (open !== null) yield lineOf(open);
        open = part;
      }
    }
  }
  if (open !== null) yield lineOf(open);
}

function lineOf({ words: _, ...line }: Line & { words: number }): Line {
  return line;
}

function goesOn(open: Line & { words: number }, next: Line & { words: number }): boolean {
  const isShort = next.endMs - open.startMs <= LONGEST_MS && open.words + next.words <= MOST_WORDS;
  return open.speaker === next.speaker && isShort && next.startMs >= open.startMs;
}

/** A segment in pieces of a moment each. Between its ends the times follow from the words. */
function partsOf(segment: Segment, place: number): (Line & { words: number })[] {
  const text = segment.text.replace(/\s+/g, ' ').trim();
  if (text === '') return [];
  const total = wordsIn(text);
  const { startMs, endMs, speaker } = segment;
  const whole = { startMs, endMs, speaker, text, segments: { first: place, last: place }, words: total };
  const duration = endMs - startMs;
  if (duration <= LONGEST_MS && total <= MOST_WORDS) return [whole];
  const inAMoment = duration > LONGEST_MS ? (total * LONGEST_MS) / duration : MOST_WORDS;
  const most = Math.min(Math.max(inAMoment, FEWEST_WORDS), MOST_WORDS);
  const pieces = inPieces({ ...segment, text }, Math.floor(most / SLACK), Math.floor(most));
  return pieces.map((piece) => ({ ...whole, ...piece, text: piece.text.trim(), words: wordsIn(piece.text) }));
}

/** A long segment in pieces of so many words, the last of at most `most`. Between its ends the times follow from the words. */
export function inPieces(
  { startMs, endMs, text }: Segment,
  words: number,
  most: number,
): Pick<Segment, 'startMs' | 'endMs' | 'text'>[] {
  const pieces = textInPieces(text, words, most);
  if (pieces.length === 1) return [{ startMs, endMs, text }];
  const total = wordsIn(text);
  let said = 0;
  const at = (word: number) => Math.round(startMs + ((endMs - startMs) * word) / total);
  return pieces.map((piece) => {
    const from = said;
    said += wordsIn(piece);
    return { text: piece, startMs: at(from), endMs: at(said) };
  });
}
