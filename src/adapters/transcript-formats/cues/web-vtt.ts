import { invalidField } from '../../../domain/shared/errors.ts';
import { linesOf } from '../lib/lines.ts';
import { HAS_WORDS } from '../lib/spoken.ts';
import { type Cue, CueScanner } from './cue-scanner.ts';
import { MUST_READ, readTimes, type Times } from './cue-times.ts';

/** Some producers write it in lower case, indent it, or put a sign behind it. */
const SIGNATURE = /^\s*WEBVTT(?![\p{L}\p{N}_])/iu;
/** Segments of a stream that were put one behind another each have a header. */
const NEXT_HEADER = /^\uFEFF?WEBVTT(?:[ \t]|$)/;
/** A rule of a style sheet stands alone where a blank line is inside the sheet. */
const NO_SPEECH = /^(?:(?:NOTE|STYLE|REGION)(?:[ \t]|$)|REGION:[ \t]*id=|::cue\b)/;
const LANGUAGE = /^Language:[ \t]*([A-Za-z0-9-]{1,35})[ \t]*$/i;

/** Whether this line begins a file in WebVTT. */
export function isSignature(line: string): boolean {
  return SIGNATURE.test(line);
}

/**
 * WebVTT by the parsing rules of its specification: a line with `-->` ends the header and opens a cue, an empty line ends
 * a block, the one line above the times is an id. Where the rules drop words, the words are kept in the cue above, or the
 * place is refused.
 */
export function readWebVtt(text: string): { cues: Cue[]; language: string | null } {
  const reading = new Reading();
  // The specification replaces NUL.
  for (const line of linesOf(text)) reading.line(line.replaceAll('\0', '\uFFFD'));
  return reading.end();
}

class Reading {
  readonly #scanner = new CueScanner('any');
  /** The lines above the signature may be blank. */
  #header: 'above' | 'inside' | null = 'above';
  #language: string | null = null;
  /** The first line of a NOTE, STYLE or REGION block, and how many there are so far. */
  #aside: { first: string; lines: number } | null = null;
  #afterAside = false;
  #badHeader = false;

  line(line: string): void {
    this.#scanner.nextLine();
    if (this.#header !== null) this.#headerLine(line);
    else if (this.#aside !== null) this.#asideLine(this.#aside, line);
    else this.#bodyLine(line);
  }

  end() {
    if (this.#badHeader) throw this.#scanner.badCue(MUST_READ);
    return { cues: this.#scanner.end(), language: this.#language };
  }

  #bodyLine(line: string): void {
    const times = readTimes(line);
    if (times !== null) this.#times(times);
    else if (this.#badHeader) throw this.#scanner.badCue(MUST_READ);
    else if (line === '') this.#scanner.blank();
    else if (this.#scanner.belowId && line.includes('-->')) this.#badHeader = true;
    else if (this.#scanner.atBlockStart) this.#blockStart(line);
    else this.#scanner.text(line);
  }

  #headerLine(line: string): void {
    const times = readTimes(line);
    if (times !== null) {
      this.#header = null;
      this.#times(times);
    } else if (this.#header === 'above') {
      if (line.trim() !== '') this.#header = 'inside';
    } else if (line === '') {
      this.#header = null;
    } else {
      this.#language ??= LANGUAGE.exec(line)?.[1] ?? null;
    }
  }

  #blockStart(line: string): void {
    if (NEXT_HEADER.test(line)) {
      this.#header = 'inside';
    } else if (NO_SPEECH.test(line)) {
      this.#aside = { first: line, lines: 1 };
    } else if (line.includes('-->')) {
      this.#badHeader = true;
    } else if (this.#afterAside && HAS_WORDS.test(line) && !/^\d+$/.test(line)) {
      // It may be the rest of the note or speech; a line of times decides that it was an id.
      this.#aside = { first: line, lines: 1 };
    } else {
      this.#scanner.text(line);
    }
  }

  /** A block whose second line holds times is a cue, whatever its id says. */
  #asideLine(aside: { first: string; lines: number }, line: string): void {
    const isNote = NO_SPEECH.test(aside.first);
    const times = readTimes(line);
    if (times !== null && (aside.lines === 1 || !('bad' in times))) {
      if (!isNote && aside.lines > 1) throw this.#strayText(aside.lines);
      this.#aside = null;
      this.#times(times, aside.lines === 1 ? aside.first : null);
    } else if (aside.lines === 1 && line.includes('-->') && /\d/.test(line)) {
      // These may be times that are broken, and then what follows is speech.
      throw this.#scanner.badCue(MUST_READ);
    } else if (line !== '') {
      aside.lines++;
    } else if (isNote) {
      this.#aside = null;
      this.#afterAside = true;
    } else {
      throw this.#strayText(aside.lines);
    }
  }

  #strayText(lines: number): Error {
    const first = this.#scanner.lineNumber - lines;
    return invalidField(
      `line ${first}`,
      'stands after a NOTE, STYLE or REGION block and belongs to no cue; give it times',
    );
  }

  #times(times: Times, id: string | null = null): void {
    this.#badHeader = false;
    this.#afterAside = false;
    this.#scanner.times(times, id);
  }
}
