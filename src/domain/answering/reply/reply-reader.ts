import type { Citation } from '../../ask/message.ts';
import type { ChunkId } from '../../shared/ids.ts';
import type { PromptLine, PromptLines } from '../prompt-line.ts';
import { CitingSentence } from './citing-sentence.ts';
import { cutQuote } from './cut-quote.ts';
import { ReplyScanner, type Scanned } from './reply-scanner.ts';

/** A piece of an answer. The `text` of all pieces, joined, is the answer's `content`; a citation's is its number: `[1]`. */
export type AnswerPiece = { type: 'text'; text: string } | CitationPiece;

/** `chunkId`, where it is known, is that of its source. */
export type CitationPiece = { type: 'citation'; text: string; chunkId?: ChunkId } & Citation;

/** What a reply may cite: the lines that its prompt showed, and the place of each one's source; null where it has none. */
export interface CitableLines {
  lines: PromptLines;
  sourceIndexOf(line: PromptLine): number | null;
}

/**
 * Reads a model's reply as it comes, in pieces of any length: a marker is never half shown, one that the prompt did not
 * hand out is dropped, and there is no white space around the whole. A citation quotes the words of its line that best
 * match what stands before it, so that a stream says the same as the stored answer.
 */
export class ReplyReader {
  readonly #citable: CitableLines;
  readonly #number = createNumbering();
  readonly #scanner: ReplyScanner;
  readonly #sentence = new CitingSentence();
  readonly #cited: PromptLine[] = [];
  /** White space that is only an answer's if something follows. */
  #space = '';
  #last: AnswerPiece | null = null;
  #saysNotFound = false;
  #dropped = 0;

  constructor(citable: CitableLines) {
    this.#citable = citable;
    this.#scanner = new ReplyScanner((marker) => citable.lines.has(marker));
  }

  /** The lines of the citations so far, one for each, in order. */
  get cited(): readonly PromptLine[] {
    return this.#cited;
  }

  /** Whether the reply says so far, by its token, that nothing it was shown answers. */
  get saysNotFound(): boolean {
    return this.#saysNotFound;
  }

  /** How many markers the reply has so far that the prompt did not hand out. */
  get dropped(): number {
    return this.#dropped;
  }

  push(text: string): AnswerPiece[] {
    return this.#read(this.#scanner.push(text));
  }

  /** The reply is over. */
  end(): AnswerPiece[] {
    return this.#read(this.#scanner.end());
  }

  #read(scanned: readonly Scanned[]): AnswerPiece[] {
    const pieces: AnswerPiece[] = [];
    for (const each of scanned) {
      if ('text' in each) this.#addText(pieces, each.text);
      else {
        this.#saysNotFound ||= each.saysNotFound;
        this.#dropped += each.dropped;
        for (const line of this.#linesOf(each.markers)) this.#addCitation(pieces, line, each.isBehindBlank);
      }
    }
    return pieces;
  }

  #linesOf(markers: readonly string[]): PromptLine[] {
    return markers.flatMap((marker) => this.#citable.lines.get(marker) ?? []);
  }

  #addText(pieces: AnswerPiece[], text: string): void {
    const body = text.trimEnd();
    const space = text.slice(body.length);
    if (body === '') {
      if (this.#last !== null) this.#space += space;
      return;
    }
    this.#add(pieces, { type: 'text', text: this.#last === null ? body.trimStart() : this.#space + body });
    this.#space = space;
  }

  #addCitation(pieces: AnswerPiece[], line: PromptLine, isBehindBlank: boolean): void {
    const needsBlank = this.#last?.type === 'text' && (isBehindBlank || WORD_END.test(this.#last.text));
    const between = this.#space === '' && needsBlank ? ' ' : this.#space;
    this.#space = '';
    const { recordingId, speaker } = line;
    const moment = { recordingId, speaker, ...cutQuote(line, this.#sentence.cite()) };
    if (between !== '') this.#add(pieces, { type: 'text', text: between });
    else if (this.#last?.type === 'citation' && isSameMoment(this.#last, moment)) return;
    this.#cited.push(line);
    this.#add(pieces, this.#number({ ...moment, sourceIndex: this.#citable.sourceIndexOf(line) }));
  }

  #add(pieces: AnswerPiece[], piece: AnswerPiece): void {
    this.#last = piece;
    if (piece.type === 'text') this.#sentence.addText(piece.text);
    addPiece(pieces, piece);
  }
}

/** A marker behind it gets a blank; one behind Markdown's own signs, such as `**`, does not. */
const WORD_END = /[\p{L}\p{N}.,;:!?%…)\]”"’'»]$/u;

/** Gives each cited moment its number, in the order in which they come. */
export function createNumbering(): (citation: Citation) => AnswerPiece {
  const numbers = new Map<string, number>();
  return ({ recordingId, startMs, endMs, speaker, quote, sourceIndex }) => {
    const key = `${recordingId}/${startMs}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return { type: 'citation', text: `[${number}]`, recordingId, startMs, endMs, speaker, quote, sourceIndex };
  };
}

/** Text after text is one piece. */
export function addPiece(pieces: AnswerPiece[], piece: AnswerPiece): void {
  const last = pieces.at(-1);
  if (last?.type === 'text' && piece.type === 'text')
    pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
  else pieces.push(piece);
}

function isSameMoment(
  a: Pick<Citation, 'recordingId' | 'startMs'>,
  b: Pick<Citation, 'recordingId' | 'startMs'>,
): boolean {
  return a.recordingId === b.recordingId && a.startMs === b.startMs;
}
