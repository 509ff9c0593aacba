const NEWLINE = /\r\n|\r|\n/g;

/** The runs of lines between blank lines, one at a time, so that a body of nothing but line ends costs no memory. */
export function* blocksOf(body: string): Generator<string[], undefined> {
  let block: string[] = [];
  for (const line of linesOf(body)) {
    if (line.trim() !== '') {
      block.push(line);
    } else if (block.length > 0) {
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

function* linesOf(body: string): Generator<string> {
  let start = 0;
  for (const newline of body.matchAll(NEWLINE)) {
    yield body.slice(start, newline.index);
    start = newline.index + newline[0].length;
  }
  yield body.slice(start);
}
