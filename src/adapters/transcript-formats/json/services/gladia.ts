import { z } from 'zod';
import { channelName, hasManyChannels, speakerIn } from '../lib/channels.ts';
import {
  confidence,
  language,
  msOrNull,
  numberedSpeaker,
  parsedField,
  placeAt,
  seconds,
  text,
  toMs,
} from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const word = z.object({ word: text, start: seconds.nullish(), end: seconds.nullish() });
const utterance = z.object({
  start: seconds,
  end: seconds,
  text: text.nullish(),
  speaker: numberedSpeaker,
  channel: z.int().min(0).nullish().catch(null),
  confidence,
  words: z.array(word).nullish().catch(null),
});
const languages = z.array(language).nullish().catch(null);

/** A result of Gladia, also as it is sent to a callback. */
export const gladia: Tool = {
  format: 'gladia',
  name: 'Gladia',
  ownField: (json, fields) => transcriptionIn(json, fields)?.path ?? null,
  read(json, fields) {
    const transcription = transcriptionIn(json, fields);
    const inner = transcription === undefined ? fields : json.fields(transcription);
    const utterances = inner.get('utterances');
    const isNamed = hasManyChannels(json, utterances, 'channel');
    return {
      language: languages.parse(parsedField(json, inner.get('languages')))?.[0] ?? null,
      // `created_at` is when it was transcribed, not when it was said.
      recordedAt: null,
      segments: piecesIn(json, utterances, 'utterance', utterance, (given) => toPiece(given, isNamed)),
    };
  },
};

function transcriptionIn(json: JsonText, fields: ReadonlyMap<string, Place>): Place | undefined {
  return [['result', 'transcription'], ['payload', 'transcription'], ['transcription']]
    .map((path) => placeAt(json, fields, ...path))
    .find((place) => place !== undefined && json.fields(place).has('utterances'));
}

function toPiece(given: z.output<typeof utterance>, isNamed: boolean): Piece {
  return {
    startMs: toMs(given.start),
    endMs: toMs(given.end),
    text: given.text ?? given.words?.map((each) => each.word.trim()).join(' ') ?? '',
    speaker: speakerIn(isNamed ? channelName(given.channel ?? 0) : null, given.speaker),
    confidence: given.confidence,
    words: given.words?.map(({ word: said, start, end }) => ({
      text: said,
      startMs: msOrNull(start),
      endMs: msOrNull(end),
    })),
  };
}
