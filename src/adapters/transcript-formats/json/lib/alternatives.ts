import { elementsOf, firstOf } from './fields.ts';
import type { JsonText, Place } from './json-text.ts';

/** The fields of the best alternative of the first result that has one: Google and Speechmatics differ in them. */
export function firstAlternative(json: JsonText, results: Place | undefined): ReadonlyMap<string, Place> | undefined {
  for (const result of elementsOf(json, results)) {
    const best = firstOf(json, json.fields(result).get('alternatives'));
    const fields = best && json.fields(best);
    if (fields !== undefined && fields.size > 0) return fields;
  }
  return undefined;
}
