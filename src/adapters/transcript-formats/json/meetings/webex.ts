import { z } from 'zod';
import { speakerName } from '../../segment.ts';
import { fieldAmong, firstOf, milliseconds, text } from '../lib/fields.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const snippet = z.object({
  ...{ text, offsetMillisecond: milliseconds, durationMillisecond: milliseconds },
  ...{ personName: text.nullish(), personEmail: text.nullish() },
});

/** The snippets of a transcript of Webex's API. */
export const webex: Tool = {
  format: 'webex',
  name: 'Webex',
  ownField(json, fields) {
    const first = firstOf(json, fields.get('items'));
    return first === undefined ? null : fieldAmong(json.fields(first), ['offsetMillisecond', 'durationMillisecond']);
  },
  read: (json, fields) => ({
    language: null,
    recordedAt: null,
    segments: piecesIn(json, fields.get('items'), 'snippet', snippet, (given) => ({
      startMs: given.offsetMillisecond,
      endMs: given.offsetMillisecond + given.durationMillisecond,
      text: given.text,
      speaker: speakerName(given.personName) ?? speakerName(given.personEmail),
    })),
  }),
};
