import { z } from 'zod';
import { validate } from '../../../../runtime/validate.ts';
import { fieldAmong, language, milliseconds, numberedSpeaker, parsedField, text } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import type { JsonReading, Tool } from '../tool.ts';

const cppSegment = z.object({
  offsets: z.object({ from: milliseconds, to: milliseconds }),
  text,
  speaker: numberedSpeaker,
});
const cppResult = z.object({ language }).nullish().catch(null);

/** whisper.cpp (`--output-json`). */
export const whisperCpp: Tool = {
  format: 'whisper_cpp',
  name: 'whisper.cpp',
  ownField: (_json, fields) => fieldAmong(fields, ['transcription', 'systeminfo']),
  read: (json, fields) => ({
    language: cppResult.parse(parsedField(json, fields.get('result')))?.language ?? null,
    recordedAt: null,
    segments: cppSegments(json, fields.get('transcription')),
  }),
};

function* cppSegments(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined) return;
  for (const { path, ...place } of json.elements(array)) {
    const given = validate(cppSegment, json.parse({ path, ...place }), 'segment', path);
    const said = given.text.replace(/\s*\[SPEAKER_TURN\]/g, '').trim();
    const { from, to } = given.offsets;
    yield {
      at: path,
      segment: said === '' ? null : { startMs: from, endMs: to, text: said, speaker: given.speaker, confidence: null },
    };
  }
}
