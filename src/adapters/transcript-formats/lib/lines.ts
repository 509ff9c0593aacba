const NEWLINE = /\r\n?|\n/g;

/** The lines of a text, one at a time. Lines end in CR, LF or CRLF, also mixed. */
export function* linesOf(text: string): Generator<string> {
  let start = 0;
  const newline = new RegExp(NEWLINE);
  for (let found = newline.exec(text); found !== null; found = newline.exec(text)) {
    yield text.slice(start, found.index);
    start = newline.lastIndex;
  }
  yield text.slice(start);
}
