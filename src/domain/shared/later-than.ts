/**
 * A time for what comes after `before`: the given one, or the next millisecond where another machine's clock has put it
 * earlier. Both are ISO 8601 UTC with milliseconds.
 */
export function laterThan(given: string, before: string | null): string {
  if (before === null || given > before) return given;
  return new Date(Date.parse(before) + 1).toISOString();
}
