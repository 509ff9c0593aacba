import { z } from 'zod';
import type { Segment } from '../../../domain/library/transcript.ts';
import { validate } from '../../../runtime/validate.ts';
import { MAX_SPEAKER_LENGTH, MAX_TEXT_LENGTH, TOO_LONG } from '../limits.ts';
import { speakerName } from '../segment.ts';
import { seconds, toMs } from './lib/fields.ts';
import type { JsonText, Place } from './lib/json-text.ts';
import type { JsonReading } from './lib/tool.ts';

/** One segment on the wire. */
const segmentImport = z
  .strictObject({
    start: seconds.describe('Seconds from the start of the recording.'),
    end: seconds.describe('Seconds from the start of the recording.'),
    text: z.string().max(MAX_TEXT_LENGTH, TOO_LONG).describe('A segment without words is left out and counted.'),
    speaker: z.string().trim().max(MAX_SPEAKER_LENGTH).nullish(),
    confidence: z.number().min(0).max(1).nullish(),
  })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });

/** The JSON body of a transcript import in the service's own form. */
export const transcriptImport = z.strictObject({
  language: z.string().trim().min(1).max(35).nullish().describe('BCP 47 tag of the spoken language.'),
  segments: z.array(segmentImport).min(1, 'must not be empty; send at least one piece of speech'),
});

const anything = z.unknown().optional();
// Segments are checked one by one, up to the first bad one: a body of millions of them must not become millions of issues.
const envelope = transcriptImport.extend({ segments: anything });

/** The service's own form: an unknown field is refused, so that a misspelled one loses nothing in silence. */
export function readNative(json: JsonText, fields: ReadonlyMap<string, Place>): JsonReading {
  const places = [...fields].map(([key, place]) => [key, key === 'segments' ? null : json.parse(place)]);
  const { language } = validate(
    envelope,
    json.isObject(json.root) ? Object.fromEntries(places) : json.parse(json.root),
    'body',
  );
  return { language: language ?? null, recordedAt: null, segments: segmentsIn(json, fields.get('segments')) };
}

function* segmentsIn(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined || !json.isArray(array)) {
    validate(transcriptImport.shape.segments, array && json.parse(array), 'segments', 'segments');
    return;
  }
  for (const element of json.elements(array)) {
    const given = validate(segmentImport, json.parse(element), 'segment', element.path);
    yield { at: element.path, segment: toSegment(given) };
  }
}

function toSegment({ start, end, text, speaker, confidence }: z.output<typeof segmentImport>): Segment | null {
  if (text.trim() === '') return null;
  return {
    startMs: toMs(start),
    endMs: toMs(end),
    text: text.trim(),
    speaker: speakerName(speaker),
    confidence: confidence ?? null,
  };
}
