import { z } from 'zod';
import { fieldAmong, language, milliseconds, numberedSpeaker, parsedField, text } from '../lib/fields.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

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
  ownField(json, fields) {
    const transcription = fields.get('transcription');
    return transcription !== undefined && json.isArray(transcription)
      ? transcription.path
      : fieldAmong(fields, ['systeminfo']);
  },
  read: (json, fields) => ({
    language: cppResult.parse(parsedField(json, fields.get('result')))?.language ?? null,
    recordedAt: null,
    segments: piecesIn(json, fields.get('transcription'), 'segment', cppSegment, (given) => ({
      startMs: given.offsets.from,
      endMs: given.offsets.to,
      text: given.text.replace(/\s*\[SPEAKER_TURN\]/g, ''),
      speaker: given.speaker,
    })),
  }),
};
