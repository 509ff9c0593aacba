import type { Segment } from '../../../domain/library/transcript.ts';

/** A word with its times. */
export interface Word {
  text: string;
  startMs: number;
  endMs: number;
  speaker: string | null;
}

const PAUSE_MS = 1_500;
const MANY = 60;
const SENTENCE_END = /[.!?。！？…]["”’)]?$/;
/** Sentences are kept together up to this many words. */
const ENOUGH = 20;

/** Segments out of words: up to a change of speaker, a pause, or the end of a sentence after 20 words. */
export function* segmentsOfWords(words: Iterable<Word>): Generator<Segment, undefined> {
  let open: Word[] = [];
  for (const word of words) {
    const last = open.at(-1);
    if (last !== undefined && isBreak(open.length, last, word)) {
      yield segmentOf(open);
      open = [];
    }
    open.push(word);
  }
  if (open.length > 0) yield segmentOf(open);
}

/** Where each word of the text begins; undefined where the words are not those of the text. */
export function wordStarts(text: string, words: readonly Pick<Word, 'text' | 'startMs'>[]): number[] | undefined {
  const said = text.split(/\s+/).filter((word) => word !== '');
  const timed = words.filter((word) => word.text.trim() !== '');
  return said.length === timed.length ? timed.map(({ startMs }) => startMs) : undefined;
}

function isBreak(length: number, last: Word, next: Word): boolean {
  return (
    last.speaker !== next.speaker ||
    next.startMs - last.endMs >= PAUSE_MS ||
    length >= MANY ||
    (length >= ENOUGH && SENTENCE_END.test(last.text))
  );
}

function segmentOf(words: Word[]): Segment {
  const [first] = words;
  const text = words.map((word) => word.text.trim()).join(' ');
  const starts = wordStarts(text, words);
  return {
    startMs: first?.startMs ?? 0,
    endMs: words.reduce((end, word) => Math.max(end, word.endMs), 0),
    text,
    speaker: first?.speaker ?? null,
    confidence: null,
    ...(starts !== undefined && { wordStartsMs: starts }),
  };
}
