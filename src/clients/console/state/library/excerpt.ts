/** Shorter words are ignored, because almost every text has them. */
const SHORTEST = 4;
/** By how many letters endings may differ, as in `battery` and `batteries`. */
const ENDING = 2;
const BEFORE = 140;
const LENGTH = 480;

/** The part of a passage around the words that were searched for, and those words as they stand in it. */
export function excerptOf(passage: string, sought: string): { text: string; words: string[] } {
  const beginnings = sought
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST)
    .map((word) => word.slice(0, Math.max(SHORTEST, word.length - ENDING)));
  const all = passage.match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = [...new Set(all.filter((word) => beginnings.some((each) => word.toLowerCase().startsWith(each))))];
  const first = Math.min(...words.map((word) => passage.indexOf(word)), passage.length);
  return { text: cutAround(passage, words.length === 0 ? 0 : first), words };
}

/** The part of a passage around a place in it, in whole words. */
export function cutAround(passage: string, place: number): string {
  const from = place < BEFORE ? 0 : passage.indexOf(' ', place - BEFORE) + 1;
  const to = passage.length <= from + LENGTH ? passage.length : passage.lastIndexOf(' ', from + LENGTH);
  return `${from > 0 ? '… ' : ''}${passage.slice(from, to)}${to < passage.length ? ' …' : ''}`;
}
