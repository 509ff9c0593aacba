/** Milliseconds of a duration such as `20`, `1.5s`, `1m12.5s` or `24 seconds`; undefined for anything else, and for none. */
export function durationMs(text: string, unit: 'ms' | 's' = 's'): number | undefined {
  const said = /^\d+(\.\d+)?$/.test(text.trim()) ? `${text.trim()}${unit}` : text.trim();
  if (!DURATION.test(said)) return undefined;
  const parts = [...said.matchAll(PART)];
  const sum = parts.reduce((ms, [, number, name = '']) => ms + Number(number) * msOf(name.toLowerCase()), 0);
  return sum > 0 ? Math.ceil(sum) : undefined;
}

/** The wait that words ask for, such as "Please try again in 20s". */
export function waitInWords(text: string): number | undefined {
  const duration = ASKED.exec(text)?.[1];
  return duration === undefined ? undefined : durationMs(duration);
}

const UNIT = 'ms|milliseconds?|h|hours?|m|mins?|minutes?|s|secs?|seconds?';
const ONE = `\\d+(?:\\.\\d+)?\\s?(?:${UNIT})(?![a-z])`;
const DURATION = new RegExp(`^(?:${ONE}\\s?)+$`, 'i');
const PART = new RegExp(`(\\d+(?:\\.\\d+)?)\\s?(${UNIT})(?![a-z])`, 'gi');
const ASKED = new RegExp(`(?:try again|retry|wait)(?:ing)?(?: in| after| for)?:? (?:about )?((?:${ONE}\\s?)+)`, 'i');

function msOf(unit: string): number {
  if (unit.startsWith('ms') || unit.startsWith('milli')) return 1;
  if (unit.startsWith('h')) return 3_600_000;
  return unit.startsWith('m') ? 60_000 : 1_000;
}
