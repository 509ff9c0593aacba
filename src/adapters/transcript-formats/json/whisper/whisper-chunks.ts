import { z } from 'zod';
import { validate } from '../../../../runtime/validate.ts';
import { MS_A_WORD } from '../../lib/spoken.ts';
import { fieldAmong, firstOf, numberedSpeaker, seconds, text, toMs } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import type { JsonReading, Tool } from '../tool.ts';

/** The last one may have no end. */
const chunk = z
  .object({ timestamp: z.tuple([seconds, seconds.nullable()]), text, speaker: numberedSpeaker })
  .refine(({ timestamp: [start, end] }) => end === null || end >= start, {
    path: ['timestamp'],
    message: 'must not end before it starts',
  });

/** Whisper in a pipeline of Transformers (`return_timestamps`); insanely-fast-whisper adds `speakers`, the same with names. */
export const whisperChunks: Tool = {
  format: 'whisper',
  name: 'Whisper of Transformers',
  ownField: (_json, fields) => fieldAmong(fields, ['chunks']),
  read(json, fields) {
    const speakers = fields.get('speakers');
    const isNamed = firstOf(json, speakers) !== undefined;
    return { language: null, recordedAt: null, segments: chunksIn(json, isNamed ? speakers : fields.get('chunks')) };
  },
};

function* chunksIn(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined) return;
  for (const element of json.elements(array)) {
    const { timestamp, text: given, speaker } = validate(chunk, json.parse(element), 'chunk', element.path);
    const said = given.trim();
    const [start, end] = timestamp;
    const startMs = toMs(start);
    const endMs = end === null ? startMs + said.split(/\s+/).length * MS_A_WORD : toMs(end);
    yield { at: element.path, segment: said === '' ? null : { startMs, endMs, text: said, speaker, confidence: null } };
  }
}
