/** Scripts that write no blanks between words, by how many characters are about a word. */
const BY_TWO = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー';
const BY_FOUR = '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const WORD = new RegExp(`[${BY_TWO}]{1,2}|[${BY_FOUR}]{1,4}|[^\\s${BY_TWO}${BY_FOUR}]+`, 'gu');
const WITHOUT_BLANKS = new RegExp(`[${BY_TWO}${BY_FOUR}]`, 'u');
const SENTENCE_END = /[.!?…。！？｡။។]["'”’»」』)]*$/u;

/** The runs of letters and digits of a text, lower case, in order: what is looked for, where `wordsIn` tells a length. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How many words a text has, about, in any script. */
export function wordsIn(text: string): number {
  return WITHOUT_BLANKS.test(text) ? (text.match(WORD)?.length ?? 0) : runsIn(text);
}

/** The runs of characters between blanks. Every search counts thousands of lines, so it makes no list of them. */
function runsIn(text: string): number {
  let runs = 0;
  let before = true;
  for (let i = 0; i < text.length; i++) {
    const blank = isBlank(text.charCodeAt(i));
    if (before && !blank) runs++;
    before = blank;
  }
  return runs;
}

function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return /\s/.test(String.fromCharCode(code));
}

/**
 * The text in pieces of so many words, cut where a sentence ends if one does in the second half of a piece. The last one
 * may have `most` words, so that no short piece is left over.
 */
export function textInPieces(text: string, words: number, most: number): string[] {
  // No text has more words than characters: most segments are told by their length.
  if (text.length <= most) return [text];
  const found = [...text.matchAll(WORD)];
  const pieces: string[] = [];
  let from = 0;
  while (found.length - from > most) {
    const piece = found.slice(from, from + words);
    const lastEnd = piece.findLastIndex(([word]) => SENTENCE_END.test(word)) + 1;
    const to = from + (lastEnd > words / 2 ? lastEnd : words);
    pieces.push(text.slice(found[from]?.index, found[to]?.index));
    from = to;
  }
  return [...pieces, text.slice(found[from]?.index ?? 0)];
}
