import { basename } from 'node:path';
import { z } from 'zod';
import { dateInName } from '../../sdk/lib/date-in-name.ts';

/** When a meeting began, by the name of its file or by the JSON of the tool that wrote it; ISO 8601 in UTC, null where neither says. */
export function meetingDate(file: string, body: Uint8Array): string | null {
  return dateInName(basename(file)) ?? (/\.json$/i.test(file) ? dateInJson(body) : null);
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
