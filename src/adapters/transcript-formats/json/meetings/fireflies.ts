import { z } from 'zod';
import { anySeconds, fieldAmong, firstOf, numberedSpeaker, parsedField, text, toMs } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { namesById } from '../lib/names-by-id.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

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
    speaker_id: z.union([z.number(), z.string()]).nullish().catch(null),
  })
  .transform((given, context) => {
    const said = given.text ?? given.sentence ?? given.raw_text ?? '';
    const start = given.start_time ?? given.startTime;
    const end = given.end_time ?? given.endTime;
    if (said.trim() === '' || (start !== undefined && start !== null && end !== undefined && end !== null))
      return { said, startMs: toMs(start ?? 0), endMs: toMs(end ?? 0), name: given.speaker_name, id: given.speaker_id };
    context.addIssue({ code: 'custom', message: 'must have a start and an end' });
    return z.NEVER;
  });

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
    const names = namesById(json, transcript.get('speakers'));
    const toPiece = ({ said, name, id, ...times }: z.output<typeof sentence>): Piece => ({
      ...times,
      text: said,
      speaker: numberedSpeaker.parse(name?.trim() || names.get(String(id)) || id),
    });
    const segments = piecesIn(json, sentences(json, fields), 'sentence', sentence, toPiece);
    return { language: null, recordedAt, segments };
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
