import { z } from 'zod';
import { fieldAmong, firstOf, languageAt, milliseconds, text } from '../lib/fields.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const turn = z.object({
  Content: text,
  BeginOffsetMillis: milliseconds,
  EndOffsetMillis: milliseconds,
  ParticipantRole: text.nullish(),
});

/** The file of a Call Analytics job of Amazon Transcribe. */
export const awsCallAnalytics: Tool = {
  format: 'aws_transcribe',
  name: 'Amazon Transcribe Call Analytics',
  ownField(json, fields) {
    const first = firstOf(json, fields.get('Transcript'));
    return first === undefined ? null : fieldAmong(json.fields(first), ['BeginOffsetMillis']);
  },
  read: (json, fields) => ({
    language: languageAt(json, fields.get('LanguageCode')),
    recordedAt: null,
    segments: piecesIn(json, fields.get('Transcript'), 'turn', turn, (given) => ({
      startMs: given.BeginOffsetMillis,
      endMs: given.EndOffsetMillis,
      text: given.Content,
      speaker: given.ParticipantRole?.trim() || null,
    })),
  }),
};
