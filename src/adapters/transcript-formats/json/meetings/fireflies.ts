import { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { anySeconds, fieldAmong, firstOf, numberedSpeaker, parsedField, text, toMs } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import type { JsonReading, Tool } from '../tool.ts';

const OWN_FIELDS = ['speaker_name', 'start_time', 'raw_text', 'startTime', 'sentence'];

/** A sentence of the API (`start_time`) or of a downloaded file (`startTime`). */
const sentence = z
  .object({
    text: text.nullish(),
    raw_text: text.nullish(),
    sentence: text.nullish(),
    start_time: anySeconds.nullish(),
    startTime: anySeconds.nullish(),
    end_time: anySeconds.nullish(),
    endTime: anySeconds.nullish(),
    speaker_name: text.nullish(),
    speaker_id: numberedSpeaker,
  })
  .transform((given) => ({
    said: (given.text ?? given.sentence ?? given.raw_text ?? '').trim(),
    start: given.start_time ?? given.startTime,
    end: given.end_time ?? given.endTime,
    speaker: given.speaker_name?.trim() || given.speaker_id,
  }));
const timed = z
  .object({ said: text, start: z.number(), end: z.number(), speaker: text.nullable() })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });

/** Milliseconds since 1970 or a date as text. */
const date = z
  .union([z.number(), z.string()])
  .transform((given) => new Date(typeof given === 'string' && /^\d{12,14}$/.test(given) ? Number(given) : given))
  .refine((given) => !Number.isNaN(given.getTime()))
  .transform((given) => given.toISOString())
  .nullish()
  .catch(null);

/** A transcript of Fireflies: a reply of its API (also the `transcript` alone), or a downloaded list of sentences. */
export const fireflies: Tool = {
  format: 'fireflies',
  name: 'Fireflies',
  ownField(json, fields) {
    const first = firstOf(json, sentences(json, fields));
    return first === undefined ? null : fieldAmong(json.fields(first), OWN_FIELDS);
  },
  read(json, fields) {
    const transcript = transcriptFields(json, fields);
    const dateOf = (field: string) => date.parse(parsedField(json, transcript.get(field))) ?? null;
    const recordedAt = dateOf('dateString') ?? dateOf('date');
    return { language: null, recordedAt, segments: segmentsIn(json, sentences(json, fields)) };
  },
};

/** `{data: {transcript: {sentences}}}`, `{transcript: {sentences}}` or `{sentences}`. */
function transcriptFields(json: JsonText, fields: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  for (const wrapper of ['data', 'transcript']) {
    const inner = fields.get(wrapper);
    if (inner !== undefined && !fields.has('sentences')) return transcriptFields(json, json.fields(inner));
  }
  return fields;
}

function sentences(json: JsonText, fields: ReadonlyMap<string, Place>): Place | undefined {
  return json.isArray(json.root) ? json.root : transcriptFields(json, fields).get('sentences');
}

function* segmentsIn(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined) return;
  for (const element of json.elements(array)) {
    const given = validate(sentence, json.parse(element), 'sentence', element.path);
    if (given.said === '') yield { at: element.path, segment: null };
    else yield { at: element.path, segment: toSegment(validate(timed, given, 'sentence', element.path)) };
  }
}

function toSegment({ said, start, end, speaker }: z.output<typeof timed>): Segment {
  return { startMs: toMs(start), endMs: toMs(end), text: said, speaker, confidence: null };
}
