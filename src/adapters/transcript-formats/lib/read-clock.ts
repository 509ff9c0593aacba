// Hours of any length. Producers write one digit where two are due, a comma or a colon for the point, and 1 to 9 decimals.
const CLOCK = /^(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})|:(\d{3}))?$/;

/** Milliseconds of `01:02:03.456`, `2:03,4` and the like; null when it is no time of a clock. */
export function readClock(text: string): number | null {
  const found = CLOCK.exec(text);
  if (found === null) return null;
  const [, hours = '0', minutes = '', seconds = '', fraction = found[5] ?? '0'] = found;
  if (Number(minutes) > 59 || Number(seconds) > 59) return null;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
}
