import { z } from 'zod';
import { parsedField } from './fields.ts';
import type { JsonText, Place } from './json-text.ts';

const people = z
  .array(z.object({ id: z.union([z.number(), z.string()]), name: z.string().nullish() }))
  .nullish()
  .catch(null);

/** The names in a list of people, whom pieces of speech name by their ids alone. */
export function namesById(json: JsonText, array: Place | undefined): ReadonlyMap<string, string | null | undefined> {
  return new Map(people.parse(parsedField(json, array))?.map(({ id, name }) => [String(id), name]));
}
