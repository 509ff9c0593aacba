import { readClock } from '../lib/read-clock.ts';
import { oneLine } from '../lib/spoken.ts';

/** What a line says of times: a cue's times and what stands behind them, or why they cannot be read. */
export type Times = { startMs: number; endMs: number; rest: string } | { bad: string };

export const MUST_READ = 'its times must read 00:00:01.000 --> 00:00:02.000';

const ARROW = String.raw`(?:-{1,3}>|-{1,2}&gt;|[–—−]+>|=>|→)`;
const TIMES = new RegExp(String.raw`^\s*([-−]?[\d:.,]+)\s*(${ARROW})\s*([-−]?[\d:.,]+)(?:\s+(\S.*)|(<.*))?$`, 's');
/** Machine translation puts spaces into times: `00: 00: 01, 000`. */
const SPACED = /(?<=\d)\s*([:.,])\s*(?=\d)/g;

const WIDE = /^[\s\d０-９：，．:.,]*[０-９：，．]/;

const DIGITS = String.raw`[\dOolI]{1,9}`;
const CLOCKISH = String.raw`[-−]?${DIGITS}[:.,]{1,2}${DIGITS}(?:[:.,]{1,2}${DIGITS}){0,2}`;
const FULL = String.raw`\d+:\d{1,2}:\d{1,2}[.,]\d{1,3}`;
/** Two signs of a clock and more, as no speech has them. */
const LONG_CLOCK = `[-−]?${DIGITS}:${DIGITS}(?::${DIGITS})?[.,:]${DIGITS}`;
/** A line that was meant as times: a clock before an arrow, one behind it, two long ones, or a full one alone. */
const MEANT = [
  new RegExp(String.raw`^\s*${CLOCKISH}\s*-->`),
  new RegExp(String.raw`^\s*${LONG_CLOCK}\s*(?:[-–—−=]{0,3}\s*[-–—−]?\s*(?:>|&gt;)|→)`),
  new RegExp(String.raw`^\s*\S{0,16}\s*-->\s*${CLOCKISH}(?:\s|$)`),
  new RegExp(String.raw`^\s*${LONG_CLOCK}\s*\S{0,4}\s*${LONG_CLOCK}`),
  new RegExp(String.raw`^\s*(?:${FULL}|\d\d:\d\d[.,]\d{3})\s*$`),
];

export function isTimesLine(line: string): boolean {
  const times = readTimes(line);
  return times !== null && !('bad' in times);
}

/** The times of a cue in this line; null when the line is none of times. */
export function readTimes(given: string): Times | null {
  // Translators write the times of Chinese and Japanese files in wide signs too.
  const line = WIDE.test(given) && given.includes('-->') ? given.normalize('NFKC') : given;
  // Almost every line is speech: it has no digit followed by the sign of a clock.
  if (!/[\dOolI]\s?[:.,]/.test(line)) return null;
  const found = TIMES.exec(line.trimEnd()) ?? TIMES.exec(line.trimEnd().replace(SPACED, '$1'));
  // The forms would try every part of a long run of blanks.
  if (found === null) return MEANT.some((form) => form.test(oneLine(line))) ? { bad: MUST_READ } : null;
  const [, from = '', arrow = '', to = ''] = found;
  if (!from.includes(':') && !to.includes(':')) return null;
  // “10:30 -> 11:45” is said of a calendar; only the arrow of the formats makes short times the times of a cue.
  if (arrow !== '-->' && !(isFull(from) && isFull(to))) return null;
  if (/^[-−]/.test(from) || /^[-−]/.test(to)) return { bad: 'its times must not be negative' };
  const [startMs, endMs] = [readClock(from), readClock(to)];
  if (startMs === null || endMs === null) return { bad: MUST_READ };
  return { startMs, endMs, rest: (found[4] ?? found[5] ?? '').trim() };
}

function isFull(clock: string): boolean {
  return /:.*[:.,]/.test(clock);
}

const SETTING = /^(?:(?:vertical|line|position|size|align|region|[XY][12])(?::\S*)?|[ADLST]:\S+)$/i;
/** A setting that nobody knows, behind one that is known. */
const PAIR = /^[a-z]{1,16}:\S+$/i;
const VALUE = /^(?:start|center|middle|end|left|right|rl|lr|[-\d.,%]+)$/i;

/** Whether what stands behind the times places the cue on the screen, as WebVTT and SubRip have it. */
export function isPlacement(rest: string): boolean {
  const [first = '', ...others] = rest.split(/\s+/);
  return (
    first.includes(':') &&
    SETTING.test(first) &&
    others.every((each) => PAIR.test(each) || SETTING.test(each) || VALUE.test(each))
  );
}
