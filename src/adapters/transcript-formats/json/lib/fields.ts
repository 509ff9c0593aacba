import { z } from 'zod';
import { readClock } from '../../lib/read-clock.ts';
import { speakerName } from '../../segment.ts';
import type { JsonText, Place } from './json-text.ts';

/** Parts of what tools write. */

export const seconds = z
  .number()
  .min(0, 'must not be negative')
  .max(Number.MAX_SAFE_INTEGER / 1000, 'is too large');
export const milliseconds = z.number().min(0, 'must not be negative').max(Number.MAX_SAFE_INTEGER, 'is too large');
export const text = z.string();

/** A number of seconds, also as text ("12.5", "00:12"). */
export const anySeconds = z.union([
  seconds,
  z.string().transform((given, context) => {
    const clock = given.includes(':') ? readClock(given) : null;
    const value = clock === null ? Number(given.trim() || Number.NaN) : clock / 1000;
    if (Number.isFinite(value) && value >= 0) return value;
    context.addIssue({ code: 'custom', message: 'must be a time in seconds' });
    return z.NEVER;
  }),
]);

/** "A" and 0 become "Speaker A" and "Speaker 0"; a name stays, and what is neither text nor number is refused. */
export const numberedSpeaker = z
  .unknown()
  .optional()
  .transform((given, context) => {
    if (given === null || given === undefined) return null;
    if (typeof given !== 'string' && typeof given !== 'number') {
      context.addIssue({ code: 'custom', message: 'must be a name or a number' });
      return z.NEVER;
    }
    const name = speakerName(String(given));
    return name !== null && /^(?:\p{L}|\d{1,4})$/u.test(name) ? `Speaker ${name}` : name;
  });

/** Fields that only add to a transcript: what they should not hold counts as absent. */
export const confidence = z.number().min(0).max(1).nullish().catch(null);
export const language = z.string().trim().min(1).max(35).nullish().catch(null);

export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** Milliseconds of a time that may be missing. */
export function msOrNull(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : toMs(seconds);
}

/** A field of a field of a field. */
export function placeAt(json: JsonText, fields: ReadonlyMap<string, Place>, ...path: string[]): Place | undefined {
  const [name = '', ...rest] = path;
  const place = fields.get(name);
  return place === undefined || rest.length === 0 ? place : placeAt(json, json.fields(place), ...rest);
}

/** The value of a field that may be missing. */
export function parsedField(json: JsonText, place: Place | undefined): unknown {
  return place === undefined ? undefined : json.parse(place);
}

/** The language that a field names; null where it is missing or names none. */
export function languageAt(json: JsonText, place: Place | undefined): string | null {
  return language.parse(parsedField(json, place)) ?? null;
}

/** The elements of an array that may be missing. */
export function elementsOf(json: JsonText, array: Place | undefined): Iterable<Place> {
  return array === undefined ? [] : json.elements(array);
}

/** The first element of an array, for what it tells of the shape. */
export function firstOf(json: JsonText, array: Place | undefined): Place | undefined {
  for (const element of elementsOf(json, array)) return element;
  return undefined;
}

/** A field of the first element of an array. */
export function fieldOfFirst(json: JsonText, array: Place | undefined, name: string): Place | undefined {
  const first = firstOf(json, array);
  return first && json.fields(first).get(name);
}

/** The field of `first` that is among `names`, with its path. */
export function fieldAmong(fields: ReadonlyMap<string, Place>, names: readonly string[]): string | null {
  const name = names.find((each) => fields.has(each));
  return name === undefined ? null : (fields.get(name)?.path ?? null);
}
