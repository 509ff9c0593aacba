const DAY = String.raw`(?<year>(?:19|20)\d\d)(?<sep>[-._]?)(?<month>\d\d)\k<sep>(?<day>\d\d)`;
const TIME = String.raw`(?<hour>\d\d)[-.:h_]?(?<minute>\d\d)(?:[-.:m_]?(?<second>\d\d))?`;
/** `GMT20260912-140000`, `2026-09-12`, `2026-09-12 14.00.00`, `20260912_140000`, `2026-09-12T14-00-00Z`, `2026-09-12 at 14.00`. */
const IN_NAME = new RegExp(
  `(?<gmt>GMT)?(?<!\\d)${DAY}(?:(?:T|[ _-]+(?:at )?)${TIME}(?!\\d) ?(?<utc>Z|UTC|GMT)?|(?!\\d))`,
  'gi',
);

/**
 * The first date in a name that the calendar has. A time without a zone is that of this machine; a day without a time
 * begins at midnight in UTC.
 */
export function dateInName(name: string): string | null {
  for (const { groups = {} } of name.matchAll(IN_NAME)) {
    const { year, month, day, hour, minute, second = '00', gmt, utc } = groups;
    const time = hour === undefined ? 'T00:00:00Z' : `T${hour}:${minute}:${second}${gmt || utc ? 'Z' : ''}`;
    if (isDay(`${year}-${month}-${day}`)) {
      const date = new Date(`${year}-${month}-${day}${time}`);
      if (!Number.isNaN(date.getTime())) return date.toISOString();
    }
  }
  return null;
}

/** Whether the calendar has it. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
