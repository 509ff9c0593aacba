import { readClock } from '../lib/read-clock.ts';

/** `0:00:01.000,0:00:02.500`, as YouTube and Google Meet write it. */
const TIMES = /^\s*(\d+:\d{1,2}:\d{1,2}\.\d{1,3}),(\d+:\d{1,2}:\d{1,2}\.\d{1,3})\s*$/;

export function isSbvTimes(line: string): boolean {
  return TIMES.test(line);
}

/** null when the line holds no times; NaN for a time that does not exist. */
export function readSbvTimes(line: string): { startMs: number; endMs: number } | null {
  const [, from, to] = TIMES.exec(line) ?? [];
  if (from === undefined || to === undefined) return null;
  return { startMs: readClock(from) ?? Number.NaN, endMs: readClock(to) ?? Number.NaN };
}
