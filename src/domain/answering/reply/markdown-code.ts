/**
 * Follows where a Markdown text is code, line by line. Offsets are places in the text that has arrived; `null` means that
 * more of the text must arrive before it can be told.
 */
export class MarkdownCode {
  #fence: { sign: string; isQuoted: boolean } | null = null;
  #isBehindBlank = true;
  #isInList = false;

  /** The place behind what a line begins with; `isCode` where all of its line is code, so that the place is the line's end. */
  beginLine(text: string, at: number, isEnd: boolean): { end: number; isCode: boolean } | null {
    const line = text.slice(at, at + LONGEST_OPENING);
    const isWhole = isEnd || line.length === LONGEST_OPENING || line.includes('\n');
    if (!isWhole && OPENING_SO_FAR.test(line)) return null;
    const prefix = PREFIX.exec(line)?.[0] ?? '';
    const opening = /^(`{3,}|~{3,})([^\n]*)(\n)?/.exec(line.slice(prefix.length));
    if (!isWhole && opening !== null) return null;
    // A quote's end is the end of its code.
    if (this.#fence?.isQuoted && !prefix.includes('>')) this.#fence = null;
    const [, run = '', info = '', hasEnd] = opening ?? [];
    const isFence = run !== '' && (hasEnd || isEnd) && !(run[0] === '`' && info.includes('`'));
    if (this.#fence === null && !isFence) return this.#beginText(line, at, prefix, lineEnd(text, at));
    if (this.#fence === null) this.#fence = { sign: run, isQuoted: prefix.includes('>') };
    else if (isFence && info.trim() === '' && run.startsWith(this.#fence.sign)) this.#fence = null;
    return { end: lineEnd(text, at), isCode: true };
  }

  #beginText(line: string, at: number, prefix: string, lineEndsAt: number): { end: number; isCode: boolean } {
    const isBlank = /^[ \t]*(?:\n|$)/.test(line);
    if (/[-+*.)]/.test(prefix)) this.#isInList = true;
    else if (!isBlank && prefix === '' && this.#isBehindBlank) this.#isInList = false;
    const isCode = !isBlank && /^(?: {4}|\t)/.test(prefix) && this.#isBehindBlank && !this.#isInList;
    // Lines of indented code follow each other.
    if (!isCode) this.#isBehindBlank = isBlank;
    return { end: isCode ? lineEndsAt : at + prefix.length, isCode };
  }
}

/** The place behind the code span that begins here; `at` where these backticks begin none. */
export function endOfCodeSpan(text: string, at: number, isEnd: boolean): number | null {
  const [run] = /^`+/.exec(text.slice(at, at + LONGEST_SPAN)) as RegExpExecArray;
  const from = at + run.length;
  const limit = from + LONGEST_SPAN;
  if (from === text.length && !isEnd && run.length < LONGEST_SPAN) return null;
  RUN.lastIndex = from;
  for (let found = RUN.exec(text); found !== null && found.index < limit; found = RUN.exec(text)) {
    const end = found.index + found[0].length;
    if (end === text.length && !isEnd) return null;
    if (found[0] === run) return end;
    if (found[0][0] === '\n' && /[ \t]*(?:\n|[-+*>#|]|\d{1,9}[.)]|`{3}|~{3})/y.test(text.slice(end, end + 80)))
      return at;
  }
  return text.length < limit && !isEnd ? null : at;
}

/** A quote's or a list item's beginning, and white space. */
const PREFIX = /^(?:[ \t]{0,16}(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){0,6}[ \t]{0,16}/;
/** What a line begins with stands in so many characters. */
const LONGEST_OPENING = 200;
/** A line of which no more than its beginning has arrived. */
const OPENING_SO_FAR = /^[ \t>*+\-\d.)`~]*$/;
const RUN = /`+|\n/g;
/** A span has at most so many characters; a backtick that stands alone would hold back the whole rest. */
const LONGEST_SPAN = 1_000;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
