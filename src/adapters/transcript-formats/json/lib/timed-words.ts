import type { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { HAS_WORDS } from '../../lib/spoken.ts';
import type { JsonText, Place } from './json-text.ts';
import type { JsonReading } from './tool.ts';

/** A word, or a sign of punctuation, with its times. */
export interface Word {
  text: string;
  startMs: number;
  endMs: number;
  speaker: string | null;
  /** No space stands before it. */
  glued?: boolean;
}

/** A word as a tool writes it: null where it has no time, and no `speaker` where who spoke before goes on. */
export type Token = Omit<Word, 'startMs' | 'endMs' | 'speaker'> & {
  startMs: number | null;
  endMs: number | null;
  speaker?: string | null;
};

const PAUSE_MS = 1_500;
const MANY = 60;
const SENTENCE_END = /[.!?。！？…]["”’)]?$/;
/** Sentences are kept together up to this many words. */
const ENOUGH = 20;
const SPACELESS =
  /^(?:zh|cmn|zho|chi|yue|ja|jpn|th|tha|lo|lao|km|khm|my|mya|chinese|cantonese|japanese|thai)(?![a-z])/i;

/** Whether the language writes words without spaces between them. @param language a code, or its English name */
export function isSpaceless(language: string | null | undefined): boolean {
  return SPACELESS.test(language ?? '');
}

/** The tokens of a list, in order. @throws AskError that names the first bad one */
export function* tokensIn<S extends z.ZodType>(
  json: JsonText,
  array: Place,
  schema: S,
  toToken: (given: z.output<S>) => Token,
): Generator<Token, undefined> {
  for (const element of json.elements(array))
    yield toToken(validate(schema, json.parse(element), 'word', element.path));
}

/** What the words of a list say. */
export function* segmentsAt({ path }: Place, tokens: Iterable<Token>): JsonReading['segments'] {
  for (const segment of segmentsOfWords(timed(tokens))) yield { at: path, segment };
}

/** Tokens that say something. What has no time stands at the end of the one before, at the beginning where the next one does. */
function* timed(tokens: Iterable<Token>): Generator<Word, undefined> {
  let last: Pick<Word, 'endMs' | 'speaker'> | null = null;
  let early: Token[] = [];
  const wordOf = (
    { text, startMs: start, endMs, speaker = last?.speaker ?? null, glued }: Token,
    atMs: number,
  ): Word => {
    const startMs = start ?? last?.endMs ?? atMs;
    return { text: text.trim(), startMs, endMs: Math.max(startMs, endMs ?? startMs), speaker, ...(glued && { glued }) };
  };
  for (const token of tokens) {
    if (token.text.trim() === '') continue;
    early.push(token);
    if (last === null && token.startMs === null) continue;
    for (const each of early) {
      const word = wordOf(each, token.startMs ?? 0);
      last = word;
      yield word;
    }
    early = [];
  }
  for (const token of early) yield wordOf(token, 0);
}

/** Segments out of words: up to a change of speaker, a pause, or the end of a sentence after 20 words. */
function* segmentsOfWords(words: Iterable<Word>): Generator<Segment, undefined> {
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

function isBreak(length: number, last: Word, next: Word): boolean {
  if (last.speaker !== next.speaker) return true;
  // Punctuation stays with its word.
  if (next.glued && !HAS_WORDS.test(next.text)) return false;
  return next.startMs - last.endMs >= PAUSE_MS || length >= MANY || (length >= ENOUGH && SENTENCE_END.test(last.text));
}

function segmentOf(words: Word[]): Segment {
  const [first] = words;
  const spaced = words.filter((word, index) => index === 0 || !word.glued);
  const text = words.map((word) => (word === first || word.glued ? '' : ' ') + word.text).join('');
  const isWhole = text.split(/\s+/).length === spaced.length;
  return {
    startMs: first?.startMs ?? 0,
    endMs: words.reduce((end, word) => Math.max(end, word.endMs), 0),
    text,
    speaker: first?.speaker ?? null,
    confidence: null,
    ...(isWhole && { wordStartsMs: spaced.map(({ startMs }) => startMs) }),
  };
}
