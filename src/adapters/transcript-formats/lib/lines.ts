import { MAX_RAW_LENGTH, tooLong } from '../limits.ts';

const NEWLINE = /\r\n?|\n/g;
/** A file that was written in a text mode of Windows twice: CR CR LF. */
const DOUBLED = /\r\r\n/g;
const NOT_DOUBLED = /(?:^|[^\r])\r?\n/;

/**
 * The lines of a text, one at a time. Lines end in CR, LF or CRLF, also mixed, or all in CR CR LF.
 * @throws AskError `payload_too_large` that names a line which is too long
 */
export function* linesOf(text: string): Generator<string> {
  let start = 0;
  let number = 1;
  const lineUpTo = (end: number) => {
    if (end - start > MAX_RAW_LENGTH) throw tooLong(`line ${number}`);
    number++;
    return text.slice(start, end);
  };
  const isDoubled = text.includes('\r\r\n') && !NOT_DOUBLED.test(text);
  const newline = new RegExp(isDoubled ? DOUBLED : NEWLINE);
  for (let found = newline.exec(text); found !== null; found = newline.exec(text)) {
    yield lineUpTo(found.index);
    start = newline.lastIndex;
  }
  yield lineUpTo(text.length);
}
