import { endOfCodeSpan, MarkdownCode } from './markdown-code.ts';
import { FIRST_CHARACTERS, mayBeUnfinished, readBrackets } from './marker-brackets.ts';

/** What a reply holds, in order: text, and the markers of one place. Without any, markers that are unknown stood there. */
export type Scanned =
  | { text: string }
  | { markers: string[]; isBehindBlank: boolean; saysNotFound: boolean; dropped: number };

/** No more blanks belong to a marker: models fall into writing nothing else. */
const BLANKS = /[ \t]{1,16}$/;
const SPECIAL = new RegExp(`[\`\\n${FIRST_CHARACTERS}]`, 'g');
/** What a reply that was cut off leaves of a marker at its end. */
const CUT_OFF = /[ \t]{0,16}\\?[[［【]{1,2}\s{0,4}\^(?:[2-9b-df-hj-km-np-tv-xz\s,;^]{0,100}|no|non|none)$/i;

/** Finds the markers of a reply that arrives in pieces of any length. Nothing in code is a marker. */
export class ReplyScanner {
  readonly #isKnown: (marker: string) => boolean;
  readonly #code = new MarkdownCode();
  #unread = '';
  #isLineStart = true;
  /** Whether the line is code to its end. */
  #isCodeLine = false;

  /** @param isKnown whether the prompt handed out this marker. */
  constructor(isKnown: (marker: string) => boolean) {
    this.#isKnown = isKnown;
  }

  push(text: string): Scanned[] {
    this.#unread += text;
    return this.#scan(false);
  }

  /** The reply is over. */
  end(): Scanned[] {
    return this.#scan(true);
  }

  #scan(isEnd: boolean): Scanned[] {
    const text = this.#unread;
    const scanned: Scanned[] = [];
    let from = 0;
    let at = 0;
    let decided = text.length;
    while (at < text.length) {
      const step = this.#step(text, at, isEnd);
      if (step === null) {
        decided = at;
        break;
      }
      if (step.markers !== null) {
        const before = text.slice(from, step.at);
        scanned.push(
          { text: before.replace(BLANKS, '') },
          {
            markers: step.markers,
            isBehindBlank: BLANKS.test(before),
            saysNotFound: step.saysNotFound === true,
            dropped: step.dropped ?? 0,
          },
        );
        from = step.end;
      }
      at = step.end;
      if (step.heldFrom !== undefined) {
        decided = step.heldFrom;
        break;
      }
    }
    const rest = text.slice(from, decided);
    const shown = isEnd ? (this.#isCodeLine ? rest : rest.replace(CUT_OFF, '')) : rest.replace(BLANKS, '');
    scanned.push({ text: shown });
    this.#unread = isEnd ? '' : text.slice(from + shown.length);
    return scanned.filter((each) => 'markers' in each || each.text !== '');
  }

  /** How far the text can be read on; null where more of it must arrive. */
  #step(text: string, at: number, isEnd: boolean): Step | null {
    if (this.#isLineStart) {
      const line = this.#code.beginLine(text, at, isEnd);
      if (line === null) return null;
      this.#isLineStart = false;
      this.#isCodeLine = line.isCode;
      return { end: line.end, at, markers: null };
    }
    if (text[at] === '\n') {
      this.#isLineStart = true;
      this.#isCodeLine = false;
      return { end: at + 1, at, markers: null };
    }
    const next = this.#isCodeLine ? text.indexOf('\n', at) : search(text, at);
    if (next === -1) return { end: text.length, at, markers: null };
    if (this.#isCodeLine || text[next] === '\n') return { end: next, at, markers: null };
    return this.#special(text, next, isEnd);
  }

  #special(text: string, at: number, isEnd: boolean): Step | null {
    if (text[at] === '`') {
      const end = endOfCodeSpan(text, at, isEnd);
      if (end === null) return this.#hold(at);
      return { end: end === at ? endOfRun(text, at) : end, at, markers: null };
    }
    if (text[at] === '\\' && /[`\\]/.test(text[at + 1] ?? '')) return { end: at + 2, at, markers: null };
    if (!isEnd && mayBeUnfinished(text, at)) return this.#hold(at);
    const brackets = readBrackets(text, at, this.#isKnown);
    if (brackets === null) return { end: at + 1, at, markers: null };
    return { ...brackets, at };
  }

  #hold(at: number): Step {
    return { end: at, at, markers: null, heldFrom: at };
  }
}

interface Step {
  end: number;
  /** Where the markers stand. */
  at: number;
  markers: string[] | null;
  saysNotFound?: boolean;
  dropped?: number;
  /** From here on more of the text must arrive. */
  heldFrom?: number;
}

function search(text: string, at: number): number {
  SPECIAL.lastIndex = at;
  return SPECIAL.exec(text)?.index ?? -1;
}

function endOfRun(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end;
}
