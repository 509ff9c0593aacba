import { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { fieldAmong, firstOf, language, milliseconds, numberedSpeaker, parsedField, text } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import { segmentsOfWords, type Word, wordStarts } from '../timed-words.ts';
import type { JsonReading, Tool } from '../tool.ts';

const OWN_FIELDS = ['utterances', 'acoustic_model', 'audio_url', 'audio_duration', 'speech_model'];
/** The whole transcript in pieces; the first that is there and not empty is read. */
const PIECES = ['utterances', 'sentences', 'paragraphs'];

const piece = {
  start: milliseconds,
  end: milliseconds,
  text,
  speaker: numberedSpeaker,
  confidence: z.number().min(0).max(1).nullish().catch(null),
};
const word = z.object(piece);
const words = z.array(word).nullish().catch(null);
const utterance = z
  .object({ ...piece, words })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });

/** A transcript of AssemblyAI's API; its times are milliseconds. */
export const assemblyAi: Tool = {
  format: 'assemblyai',
  name: 'AssemblyAI',
  ownField: (_json, fields) => fieldAmong(fields, OWN_FIELDS),
  read: (json, fields) => ({
    language: language.parse(parsedField(json, fields.get('language_code'))) ?? null,
    recordedAt: null,
    segments: segmentsIn(json, fields),
  }),
};

function segmentsIn(json: JsonText, fields: ReadonlyMap<string, Place>): JsonReading['segments'] {
  for (const name of PIECES) {
    const array = fields.get(name);
    if (array !== undefined && firstOf(json, array) !== undefined) return utterances(json, array);
  }
  return fromWords(json, fields.get('words'));
}

function* utterances(json: JsonText, array: Place): JsonReading['segments'] {
  for (const element of json.elements(array)) {
    const given = validate(utterance, json.parse(element), 'utterance', element.path);
    yield { at: element.path, segment: toSegment(given) };
  }
}

function toSegment(given: z.output<typeof utterance>): Segment | null {
  const said = given.text.trim();
  if (said === '') return null;
  const timed = (given.words ?? []).map(({ text: each, start }) => ({ text: each, startMs: Math.round(start) }));
  const starts = wordStarts(said, timed);
  return {
    startMs: Math.round(given.start),
    endMs: Math.round(given.end),
    text: said,
    speaker: given.speaker,
    confidence: given.confidence ?? null,
    ...(starts !== undefined && { wordStartsMs: starts }),
  };
}

function* fromWords(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined) return;
  for (const segment of segmentsOfWords(wordsIn(json, array))) yield { at: array.path, segment };
}

function* wordsIn(json: JsonText, array: Place): Generator<Word, undefined> {
  for (const element of json.elements(array)) {
    const given = validate(word, json.parse(element), 'word', element.path);
    if (given.text.trim() === '') continue;
    const [startMs, endMs] = [Math.round(given.start), Math.round(given.end)];
    yield { text: given.text, startMs, endMs, speaker: given.speaker };
  }
}
