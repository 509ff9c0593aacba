import { z } from 'zod';
import { speakerName } from '../../segment.ts';
import { elementsOf, fieldAmong, fieldOfFirst, languageAt, parsedField, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const moment = z.iso.datetime({ offset: true }).transform((given) => Date.parse(given));
const entry = z.object({ text, startTime: moment, endTime: moment, participant: text.nullish() });

/** The entries of a transcript of Google Meet's API. Their times are those of the day; here they count from the first one. */
export const googleMeet: Tool = {
  format: 'google_meet',
  name: 'Google Meet',
  ownField: (_json, fields) => fieldAmong(fields, ['transcriptEntries']),
  read(json, fields) {
    const entries = fields.get('transcriptEntries');
    const beginning = earliest(json, entries);
    return {
      language: languageAt(json, fieldOfFirst(json, entries, 'languageCode')),
      recordedAt: beginning === null ? null : new Date(beginning).toISOString(),
      segments: piecesIn(json, entries, 'entry', entry, (given) => ({
        startMs: given.startTime - (beginning ?? 0),
        endMs: given.endTime - (beginning ?? 0),
        text: given.text,
        // The API names people by their ids alone.
        speaker: speakerName(given.participant?.replace(/^.*\//, '')),
      })),
    };
  },
};

function earliest(json: JsonText, entries: Place | undefined): number | null {
  let found: number | null = null;
  for (const place of elementsOf(json, entries)) {
    const { data } = moment.safeParse(parsedField(json, json.fields(place).get('startTime')));
    if (data !== undefined && (found === null || data < found)) found = data;
  }
  return found;
}
