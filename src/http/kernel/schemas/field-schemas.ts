import type { Readable } from 'node:stream';
import { z } from 'zod';
import { RECORDING_STATUSES } from '../../../domain/library/recording.ts';
import { PROVIDERS } from '../../../domain/shared/provider.ts';

export const provider = z.enum(PROVIDERS).meta({ id: 'Provider' });
export const recordingStatus = z.enum(RECORDING_STATUSES);

/** A time in a response: UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 });

/** A time in a request, with any offset; kept as UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset, such as 2026-05-12T09:30:00Z' })
  .transform((text) => new Date(text).toISOString())
  // Years beyond have a sign and six digits, which sort before all others and which no response may hold.
  .refine((text) => /^\d{4}-/.test(text), 'must lie between the years 0000 and 9999 in UTC');

/** A zone by its IANA name, such as `Europe/Berlin`. */
export const timezoneName = z
  .string()
  .max(64)
  .refine(isTimezone, 'must be an IANA name such as Europe/Berlin')
  .meta({ id: 'Timezone' });

/** A language by its BCP 47 tag, such as `de` or `pt-BR`. */
export const language = z.string().max(35).refine(isLanguage, 'must be a BCP 47 tag such as de or pt-BR');

/** Clients' own data. Keys that the database reads as operators or paths are refused. */
const METADATA_BYTES = 16_384;
export const metadata = z
  .preprocess(
    // The size first: a schema looks at each key.
    checkFirst(
      (value) => Buffer.byteLength(JSON.stringify(value) ?? '') <= METADATA_BYTES,
      'must not exceed 16 KiB of JSON',
    ),
    z
      .record(
        z.string().regex(/^[^$.][^.]{0,127}$/, 'keys take 1 to 128 characters, no dot, and no $ in front'),
        z.unknown(),
      )
      .refine(hasPlainKeys, 'keys, also nested ones, must not start with $ nor contain a dot'),
  )
  .meta({ id: 'Metadata', type: 'object' });

/** An array whose length is checked before its items: a schema of the array alone looks at each item first. */
export function arrayOf<T extends z.ZodType>(
  item: T,
  { min = 0, max }: { min?: number; max: number },
): z.ZodType<z.output<T>[], z.input<T>[]> {
  const isShort = (value: unknown) => !Array.isArray(value) || value.length <= max;
  return z.preprocess(
    checkFirst<z.input<T>[]>(isShort, `must not have more than ${max} items`),
    z.array(item).min(min).max(max),
  );
}

/** A first step of a schema that ends it when the check fails. */
function checkFirst<T>(passes: (value: unknown) => boolean, message: string) {
  return (value: T, context: z.RefinementCtx): T => {
    if (passes(value)) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
}

export const pageLimit = (fallback: number) => z.coerce.number().int().min(1).max(100).default(fallback);

/** A switch of the query: `true` or `false`. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** Text to find in a name, in upper or lower case. */
export const nameSearch = (what: string) =>
  z.string().min(1).max(200).optional().describe(`Text that the ${what} contains, in upper or lower case.`);

/** `{data, has_more, next_cursor}`: a page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), has_more: z.boolean(), next_cursor: z.string().nullable() });

export const cursor = z.string().min(1).max(512).optional().describe('The `next_cursor` of the previous page.');

/** A streamed body; the route's `media` describes it. */
export const streamed = z.custom<Readable>();

/** No body at all. */
export const nothing = z.undefined();

function isTimezone(name: string): boolean {
  // An offset such as +02:00 is no zone: it does not know summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  try {
    return (
      Intl.getCanonicalLocales(tag).length === 1 &&
      new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) !== undefined
    );
  } catch {
    return false;
  }
}

function hasPlainKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, inner]) => (Array.isArray(value) || /^[^$.][^.]*$/.test(key)) && hasPlainKeys(inner),
  );
}
