import type { RecordingId } from '../../shared/ids.ts';
import { ReplyScanner, type Scanned } from './reply-scanner.ts';

/** Where a marker of the prompt points: a recording and a time that the model was really shown. */
export interface CitationTarget {
  recordingId: RecordingId;
  startMs: number;
}

/** A piece of an answer. The `text` of all pieces, joined, is the answer's `content`; a citation's is its number: `[1]`. */
export type AnswerPiece =
  | { type: 'text'; text: string }
  | { type: 'citation'; text: string; recordingId: RecordingId; startMs: number };

/**
 * Reads a model's reply as it comes, in pieces of any length: a marker is never half shown, one that the prompt did not
 * hand out is dropped, and there is no white space around the whole.
 */
export class ReplyReader {
  readonly #targets: ReadonlyMap<string, CitationTarget>;
  readonly #number = createNumbering();
  readonly #scanner: ReplyScanner;
  /** White space that is only an answer's if something follows. */
  #space = '';
  #last: AnswerPiece | null = null;

  constructor(targets: ReadonlyMap<string, CitationTarget>) {
    this.#targets = targets;
    this.#scanner = new ReplyScanner((marker) => targets.has(marker));
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
      else for (const target of this.#targetsOf(each.markers)) this.#addCitation(pieces, target, each.isBehindBlank);
    }
    return pieces;
  }

  #targetsOf(markers: readonly string[]): CitationTarget[] {
    return markers.flatMap((marker) => this.#targets.get(marker) ?? []);
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

  #addCitation(pieces: AnswerPiece[], target: CitationTarget, isBehindBlank: boolean): void {
    const needsBlank = this.#last?.type === 'text' && (isBehindBlank || WORD_END.test(this.#last.text));
    const between = this.#space === '' && needsBlank ? ' ' : this.#space;
    this.#space = '';
    if (between !== '') this.#add(pieces, { type: 'text', text: between });
    else if (this.#last?.type === 'citation' && isSame(this.#last, target)) return;
    this.#add(pieces, this.#number(target));
  }

  #add(pieces: AnswerPiece[], piece: AnswerPiece): void {
    this.#last = piece;
    addPiece(pieces, piece);
  }
}

/** A marker behind it gets a blank; one behind Markdown's own signs, such as `**`, does not. */
const WORD_END = /[\p{L}\p{N}.,;:!?%…)\]”"’'»]$/u;

/** Gives each cited moment its number, in the order in which they come. */
export function createNumbering(): (target: CitationTarget) => AnswerPiece {
  const numbers = new Map<string, number>();
  return ({ recordingId, startMs }) => {
    const key = `${recordingId}/${startMs}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return { type: 'citation', text: `[${number}]`, recordingId, startMs };
  };
}

/** Text after text is one piece. */
export function addPiece(pieces: AnswerPiece[], piece: AnswerPiece): void {
  const last = pieces.at(-1);
  if (last?.type === 'text' && piece.type === 'text')
    pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
  else pieces.push(piece);
}

function isSame(a: CitationTarget, b: CitationTarget): boolean {
  return a.recordingId === b.recordingId && a.startMs === b.startMs;
}
