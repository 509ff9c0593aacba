import type { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { elementsOf } from './fields.ts';
import type { JsonText, Place } from './json-text.ts';
import type { Token } from './timed-words.ts';
import type { JsonReading } from './tool.ts';

/** A piece of speech as a tool writes it: a segment, an utterance, a sentence. */
export type Piece = Omit<Segment, 'confidence' | 'wordStartsMs'> & {
  confidence?: number | null | undefined;
  /** The words of its text, where the tool gives them. */
  words?: readonly Token[] | null | undefined;
};

/** The segments of a list of pieces; null for one that says nothing. @throws AskError that names the first bad one */
export function* piecesIn<S extends z.ZodType>(
  json: JsonText,
  array: Place | undefined,
  kind: string,
  schema: S,
  toPiece: (given: z.output<S>) => Piece,
): JsonReading['segments'] {
  for (const element of elementsOf(json, array)) {
    const piece = toPiece(validate(schema, json.parse(element), kind, element.path));
    for (const segment of segmentsOf(piece)) yield { at: element.path, segment };
  }
}

/** One segment, or several where only the words of a piece say who speaks. */
export function segmentsOf({ words: given, ...piece }: Piece): (Segment | null)[] {
  const text = piece.text.trim();
  if (text === '') return [null];
  const words = (given ?? []).filter((word) => word.text.trim() !== '');
  const said = text.split(/\s+/);
  const whole = { ...piece, text, confidence: piece.confidence ?? null };
  if (said.length !== words.length) return [{ ...whole, speaker: piece.speaker ?? mostFrequent(words) }];
  return piece.speaker === null ? cutBySpeaker(whole, said, words) : [{ ...whole, ...startsOf(words) }];
}

/** @param said the text of each word */
function cutBySpeaker(whole: Segment, said: readonly string[], words: readonly Token[]): Segment[] {
  const runs = runsOf(words);
  if (runs.length === 1) return [{ ...whole, speaker: runs[0]?.speaker ?? null, ...startsOf(words) }];
  let from = 0;
  let endMs = whole.startMs;
  return runs.map(({ speaker, words: run }) => {
    const startMs = from === 0 ? whole.startMs : (run[0]?.startMs ?? endMs);
    const text = said.slice(from, from + run.length).join(' ');
    from += run.length;
    const ownEnd = from === words.length ? whole.endMs : (run.at(-1)?.endMs ?? words[from]?.startMs ?? startMs);
    // The times of words may go beyond those of the whole.
    endMs = Math.max(startMs, ownEnd);
    return { ...whole, startMs, endMs, text, speaker, ...startsOf(run) };
  });
}

/** Words in a row of one person. A word that names nobody is said by who said the one before; at the start, by who is named first. */
function runsOf(words: readonly Token[]): { speaker: string | null; words: Token[] }[] {
  const runs: { speaker: string | null; words: Token[] }[] = [];
  let speaker = words.find((word) => word.speaker)?.speaker ?? null;
  for (const word of words) {
    speaker = word.speaker ?? speaker;
    const last = runs.at(-1);
    if (last !== undefined && last.speaker === speaker) last.words.push(word);
    else runs.push({ speaker, words: [word] });
  }
  return runs;
}

function startsOf(words: readonly Token[]): Pick<Segment, 'wordStartsMs'> {
  const starts = words.flatMap(({ startMs }) => (startMs === null ? [] : [startMs]));
  return starts.length === words.length ? { wordStartsMs: starts } : {};
}

function mostFrequent(words: readonly Token[]): string | null {
  const times = new Map<string, number>();
  for (const { speaker } of words) if (speaker) times.set(speaker, (times.get(speaker) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
