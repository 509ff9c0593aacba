import type { RecordingId } from '../shared/ids.ts';

/** Where a marker of the prompt points: a recording and a time that the model was really shown. */
export interface CitationTarget {
  recordingId: RecordingId;
  startMs: number;
}

/** A piece of an answer. The `text` of all pieces, joined, is the answer's `content`; a citation's is its number: `[1]`. */
export type AnswerPiece =
  | { type: 'text'; text: string }
  | { type: 'citation'; text: string; recordingId: RecordingId; startMs: number };

// No more than 16 blanks belong to a marker: models fall into writing nothing else, and `*` would look from each to the last.
/** `[^k7x2m]`, also `[^k7x2m, ^b2c3d]`, with the blanks before it. */
const MARKER = /[ \t]{0,16}\[\^([^[\]\n]{0,200})\]/g;
/** What may still become a marker, or belong to one, once more of the reply is there. */
const UNDECIDED = /(?:[ \t]{0,16}\[(?:\^[^[\]\n]{0,200})?|[ \t]{1,16})$/;
/** What a reply that was cut off leaves of a marker at its end. */
const CUT_OFF = /[ \t]{0,16}\[\^[^[\]\n]{0,200}$/;

/**
 * Reads a model's reply as it comes, in pieces of any length: a marker is never half shown, one that the prompt did not
 * hand out is dropped, and there is no white space around the whole.
 */
export class ReplyReader {
  readonly #targets: ReadonlyMap<string, CitationTarget>;
  readonly #number = createNumbering();
  #unread = '';
  /** White space that is only an answer's if something follows. */
  #space = '';
  #last: AnswerPiece | null = null;

  constructor(targets: ReadonlyMap<string, CitationTarget>) {
    this.#targets = targets;
  }

  push(text: string): AnswerPiece[] {
    this.#unread += text;
    const decided = this.#unread.search(UNDECIDED);
    return this.#read(decided === -1 ? this.#unread.length : decided);
  }

  /** The reply is over. */
  end(): AnswerPiece[] {
    this.#unread = this.#unread.replace(CUT_OFF, '');
    return this.#read(this.#unread.length);
  }

  #read(length: number): AnswerPiece[] {
    const text = this.#unread.slice(0, length);
    this.#unread = this.#unread.slice(length);
    const pieces: AnswerPiece[] = [];
    let from = 0;
    for (const match of text.matchAll(MARKER)) {
      this.#addText(pieces, text.slice(from, match.index));
      for (const target of this.#cited(match[1] as string)) this.#addCitation(pieces, target);
      from = match.index + match[0].length;
    }
    this.#addText(pieces, text.slice(from));
    return pieces;
  }

  #cited(inside: string): CitationTarget[] {
    return inside
      .split(/[\s,;^]+/)
      .map((marker) => this.#targets.get(marker))
      .filter((target) => target !== undefined);
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

  #addCitation(pieces: AnswerPiece[], target: CitationTarget): void {
    const between = this.#space === '' && this.#last?.type === 'text' ? ' ' : this.#space;
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
