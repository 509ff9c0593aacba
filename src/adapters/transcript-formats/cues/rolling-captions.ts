import type { Cue } from './cue-scanner.ts';
import { spokenIn } from './cue-text.ts';

/** A caption that only holds the screen between two others lasts 10 ms. */
const FLASH_MS = 50;
/** A line rolls on when the next cue begins as the one before it ends. */
const NEAR_MS = 100;
const WORD_TIME = /<\d+:[\d:.]+>/;
/** Words underlined, as Whisper writes them, or some of them in colour, as stable-ts does: a whole line in colour is a person's. */
const HIGHLIGHTED = /<u>|[^\s>]\s*<font\b|<\/font>\s*[^\s<]/i;
/** Looked at for whether captions roll up. */
const SAMPLE = 300;
const FEWEST_ROLLS = 5;

interface Rolled {
  cue: Cue;
  /** Its lines as they are read, beside the lines as they stand. */
  words: string[];
}

/**
 * Leaves out the lines that automatic captions show again: YouTube writes each line as it is spoken, holds it for 10 ms,
 * and shows it once more above the next one; broadcasts roll up in the same way; Whisper repeats a cue for each word that it
 * highlights. Only a file with such marks is touched, so what people say twice stays.
 * @returns how many lines were left out, and how many cues have none left.
 */
export function dropRepeats(cues: Cue[]): { lines: number; cues: number } {
  const rolls = hasFlashes(cues) || rollsUp(cues.slice(0, SAMPLE));
  if (!rolls && !cues.some(({ lines }) => lines.some((line) => HIGHLIGHTED.test(line)))) return { lines: 0, cues: 0 };
  const dropped = { lines: 0, cues: 0 };
  let before: Rolled | null = null;
  let kept: Cue | null = null;
  for (const cue of cues) {
    const now: Rolled = { cue, words: wordsOf(cue.lines) };
    const again: number = before === null ? 0 : repeatedLines(before, now, rolls);
    if (kept !== null && isHighlight(kept, before, now)) {
      kept.endMs = Math.max(kept.endMs, cue.endMs);
      dropped.lines += now.words.length;
      dropped.cues++;
      cue.lines = [];
    } else if (again > 0) {
      dropped.lines += again;
      // Lines without words do not count as lines that were shown.
      cue.lines = cue.lines.filter((line) => wordsOf([line]).length > 0).slice(again);
      if (cue.lines.length === 0) dropped.cues++;
    }
    if (cue.lines.length > 0) kept = cue;
    before = now;
  }
  return dropped;
}

/** The file has times of words, or flashes that repeat the line before. */
function hasFlashes(cues: Cue[]): boolean {
  return cues.some((cue, at) => {
    if (cue.lines.some((line) => WORD_TIME.test(line))) return true;
    const before = cues[at - 1];
    if (before === undefined || cue.endMs - cue.startMs > FLASH_MS || !isNear(before, cue)) return false;
    const words = wordsOf(cue.lines);
    return words.length > 0 && overlap(wordsOf(before.lines), words) === words.length;
  });
}

/** Most cues show the last line of the one before above a line of their own. */
function rollsUp(cues: Cue[]): boolean {
  const shown = cues.map((cue) => ({ cue, words: wordsOf(cue.lines) }));
  const rolled = shown.filter(({ cue, words }, at) => {
    const before = shown[at - 1];
    if (before === undefined || !isNear(before.cue, cue)) return false;
    const again = overlap(before.words, words);
    return again > 0 && again < words.length;
  });
  return rolled.length >= FEWEST_ROLLS && rolled.length * 2 > cues.length;
}

function repeatedLines(before: Rolled, now: Rolled, rolls: boolean): number {
  if (!rolls || !isNear(before.cue, now.cue)) return 0;
  const again = overlap(before.words, now.words);
  const lines = now.cue.lines.filter((line) => wordsOf([line]).length > 0);
  // A line with times of words is being spoken now.
  const spokenNow = lines.findIndex((line) => WORD_TIME.test(line));
  if (spokenNow >= 0) return Math.min(again, spokenNow);
  // A whole cue of usual length that says the same was said again, unless the one before was a flash.
  const saidAgain = again === now.words.length && !isFlash(now.cue) && !isFlash(before.cue);
  return saidAgain ? 0 : again;
}

function isFlash({ startMs, endMs }: Cue): boolean {
  return endMs - startMs <= FLASH_MS;
}

/** The same words with other marks: `<u>We</u> moved`, then `We <u>moved</u>`. */
function isHighlight(kept: Cue, before: Rolled | null, now: Rolled): boolean {
  const isOneWord = !now.words.join(' ').includes(' ');
  if (before === null || isOneWord || !isNear(before.cue, now.cue)) return false;
  if (before.words.join('\n') !== now.words.join('\n')) return false;
  const [one, other] = [kept.lines.join('\n'), now.cue.lines.join('\n')];
  return one !== other && HIGHLIGHTED.test(`${one}\n${other}`) && !WORD_TIME.test(other);
}

/** No screen shows as many lines at once. */
const MOST_LINES = 20;

/** How many of the first lines of `now` are the last ones of `before`. */
function overlap(before: string[], now: string[]): number {
  for (let count = Math.min(before.length, now.length, MOST_LINES); count > 0; count--) {
    if (now.slice(0, count).every((line, at) => line === before[before.length - count + at])) return count;
  }
  return 0;
}

function isNear(before: Cue, { startMs }: Cue): boolean {
  return startMs >= before.startMs && Math.abs(startMs - before.endMs) <= NEAR_MS;
}

function wordsOf(lines: string[]): string[] {
  return spokenIn(lines.join('\n'), { breaks: false }).flatMap((spoken) => spoken.lines);
}
