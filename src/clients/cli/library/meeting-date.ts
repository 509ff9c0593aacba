import { basename } from 'node:path';
import { z } from 'zod';

/** When a meeting began, by the name of its file or by the JSON of the tool that wrote it; ISO 8601 in UTC, null where neither says. */
export function meetingDate(file: string, body: Uint8Array): string | null {
  return dateInName(basename(file)) ?? (/\.json$/i.test(file) ? dateInJson(body) : null);
}

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
      const date = toUtc(`${year}-${month}-${day}${time}`);
      if (date !== null) return date;
    }
  }
  return null;
}

/** Fireflies says when a meeting was. Deepgram and AssemblyAI say when it was transcribed, which is another day. */
const dated = z.object({ dateString: z.unknown(), date: z.unknown() }).partial();
const firefliesJson = z.union([
  z.object({ data: z.object({ transcript: dated }) }).transform(({ data }) => data.transcript),
  dated,
]);

function dateInJson(body: Uint8Array): string | null {
  const parsed = firefliesJson.safeParse(jsonOf(body));
  if (!parsed.success) return null;
  const { dateString, date } = parsed.data;
  return toUtc(dateString) ?? toUtc(date);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // The service says what is wrong with it.
    return undefined;
  }
}

/** Of an ISO 8601 text, or of milliseconds since 1970. */
function toUtc(value: unknown): string | null {
  const isDate = typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value));
  const date = new Date(isDate ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function isDay(day: string): boolean {
  return z.iso.date().safeParse(day).success;
}
