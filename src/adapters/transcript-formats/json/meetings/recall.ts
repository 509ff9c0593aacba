import { z } from 'zod';
import { invalidField } from '../../../../domain/shared/errors.ts';
import { speakerName } from '../../segment.ts';
import { anySeconds, fieldOfFirst, firstOf, languageAt, msOrNull, parsedField, text, toMs } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { segmentsAt, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

const relative = z.object({ relative: anySeconds, absolute: z.iso.datetime({ offset: true }).nullish().catch(null) });
const moment = z.union([relative.transform((given) => given.relative), anySeconds]);
const word = z.object({ text, start_timestamp: moment, end_timestamp: moment.nullish() });

/** A transcript of Recall.ai: what each participant says in a row, word by word. */
export const recall: Tool = {
  format: 'recall',
  name: 'Recall.ai',
  ownField: (json) => firstTime(json)?.path ?? null,
  read(json) {
    return {
      language: languageAt(json, fieldOfFirst(json, json.root, 'language_code')),
      recordedAt: beginning(json),
      segments: turnsIn(json),
    };
  },
};

/** Of the first word: a turn may have none. */
function firstTime(json: JsonText): Place | undefined {
  for (const turn of json.elements(json.root)) {
    const words = json.fields(turn).get('words');
    const first = firstOf(json, words);
    if (words === undefined || first !== undefined) return first && json.fields(first).get('start_timestamp');
  }
  return undefined;
}

/** When the recording began: the first word says both when it was said and how far into the recording. */
function beginning(json: JsonText): string | null {
  const { data } = relative.safeParse(parsedField(json, firstTime(json)));
  return data?.absolute ? new Date(Date.parse(data.absolute) - toMs(data.relative)).toISOString() : null;
}

function* turnsIn(json: JsonText): JsonReading['segments'] {
  for (const turn of json.elements(json.root)) {
    const fields = json.fields(turn);
    const participant = fields.get('participant');
    const name = participant === undefined ? fields.get('speaker') : json.fields(participant).get('name');
    const speaker = speakerName(text.nullish().catch(null).parse(parsedField(json, name)));
    const words = fields.get('words');
    if (words === undefined) throw invalidField(`${turn.path}.words`, 'is required');
    const tokens = tokensIn(json, words, word, (given) => ({
      text: given.text,
      startMs: toMs(given.start_timestamp),
      endMs: msOrNull(given.end_timestamp),
      speaker,
    }));
    yield* segmentsAt(words, tokens);
  }
}
