import { elementsOf, parsedField } from './fields.ts';
import type { JsonText, Place } from './json-text.ts';

/** Whether the elements of a list are of several channels. @param field what tells the channel of an element */
export function hasManyChannels(json: JsonText, array: Place | undefined, field: string): boolean {
  let first: unknown;
  for (const element of elementsOf(json, array)) {
    const channel = parsedField(json, json.fields(element).get(field)) ?? undefined;
    first ??= channel;
    if (channel !== undefined && channel !== first) return true;
  }
  return false;
}

/** Speakers are numbered within their channel. @param channel null where there is one alone */
export function speakerIn(channel: string | null, speaker: string | null): string | null {
  return channel !== null && speaker !== null ? `${channel}, ${speaker}` : (speaker ?? channel);
}

/** @param index from 0 */
export function channelName(index: number): string {
  return `Channel ${index + 1}`;
}
