import { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { fieldAmong, firstOf, language, numberedSpeaker, parsedField, seconds, text, toMs } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import { segmentsOfWords, type Word, wordStarts } from '../timed-words.ts';
import type { JsonReading, Tool } from '../tool.ts';

/** Words that the aligner could not place have no times. */
const words = z
  .array(z.object({ word: text.optional(), text: text.optional(), start: seconds.nullish(), speaker: numberedSpeaker }))
  .nullish()
  .catch(null);
const segment = z
  .object({ start: seconds, end: seconds, text, speaker: numberedSpeaker, words })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });
type WhisperSegment = z.output<typeof segment>;

/** A word of an answer that was asked for words alone (`timestamp_granularities[]=word`). */
const loneWord = z.object({ word: text, start: seconds, end: seconds });

const WHISPER_FIELDS = ['task', 'text', 'duration'];
const WHISPER_SEGMENT_FIELDS = ['seek', 'tokens', 'temperature', 'avg_logprob', 'compression_ratio', 'no_speech_prob'];

/** OpenAI's Whisper, its API (`verbose_json`, `diarized_json`), faster-whisper (also a bare list) and others that write as it does. */
export const whisper: Tool = {
  format: 'whisper',
  name: 'Whisper',
  ownField(json, fields) {
    if (whisperX.ownField(json, fields) !== null) return null;
    const segments = segmentsOf(json, fields);
    if (segments === undefined) return hasLoneWords(json, fields) ? fieldAmong(fields, WHISPER_FIELDS) : null;
    const first = firstOf(json, segments);
    return (
      fieldAmong(fields, WHISPER_FIELDS) ??
      (first ? fieldAmong(json.fields(first), WHISPER_SEGMENT_FIELDS) : null) ??
      (fields.has('segments') ? wordField(json, first, ['word', 'text']) : null)
    );
  },
  read: readSegments,
};

/** WhisperX writes Whisper's segments with aligned words and speakers. */
export const whisperX: Tool = {
  format: 'whisperx',
  name: 'WhisperX',
  ownField: (json, fields) =>
    fieldAmong(fields, ['word_segments']) ?? wordField(json, firstOf(json, fields.get('segments')), ['score']),
  read: readSegments,
};

/** faster-whisper has no form of its own: people print its list of segments. */
function segmentsOf(json: JsonText, fields: ReadonlyMap<string, Place>): Place | undefined {
  return json.isArray(json.root) ? json.root : fields.get('segments');
}

function hasLoneWords(json: JsonText, fields: ReadonlyMap<string, Place>): boolean {
  const first = firstOf(json, fields.get('words'));
  return first !== undefined && fieldAmong(json.fields(first), ['word']) !== null;
}

function wordField(json: JsonText, first: Place | undefined, names: string[]): string | null {
  const array = first && json.fields(first).get('words');
  if (array === undefined) return null;
  for (const word of json.elements(array)) {
    const found = fieldAmong(json.fields(word), names);
    if (found !== null) return found;
  }
  return null;
}

function readSegments(json: JsonText, fields: ReadonlyMap<string, Place>): JsonReading {
  const segments = segmentsOf(json, fields);
  return {
    language: language.parse(parsedField(json, fields.get('language'))) ?? null,
    recordedAt: null,
    segments: segments === undefined ? ofWords(json, fields.get('words')) : segmentsIn(json, segments),
  };
}

function* ofWords(json: JsonText, array: Place | undefined): JsonReading['segments'] {
  if (array === undefined) return;
  for (const segment of segmentsOfWords(wordsIn(json, array))) yield { at: array.path, segment };
}

function* wordsIn(json: JsonText, array: Place): Generator<Word> {
  for (const element of json.elements(array)) {
    const { word, start, end } = validate(loneWord, json.parse(element), 'word', element.path);
    if (word.trim() !== '') yield { text: word, startMs: toMs(start), endMs: toMs(end), speaker: null };
  }
}

function* segmentsIn(json: JsonText, array: Place): JsonReading['segments'] {
  for (const element of json.elements(array)) {
    const given = validate(segment, json.parse(element), 'segment', element.path);
    yield { at: element.path, segment: toSegment(given) };
  }
}

function toSegment({ start, end, text: said, speaker, words: timed }: WhisperSegment): Segment | null {
  const trimmed = said.trim();
  if (trimmed === '') return null;
  const placed = (timed ?? []).flatMap(({ word, text: alias, start: at }) =>
    at === null || at === undefined ? [] : [{ text: word ?? alias ?? '', startMs: toMs(at) }],
  );
  const starts = wordStarts(trimmed, placed);
  const named = speaker ?? mostFrequent((timed ?? []).map((word) => word.speaker));
  return {
    startMs: toMs(start),
    endMs: toMs(end),
    text: trimmed,
    speaker: named,
    confidence: null,
    ...(starts !== undefined && { wordStartsMs: starts }),
  };
}

function mostFrequent(names: (string | null)[]): string | null {
  const times = new Map<string, number>();
  for (const name of names) if (name !== null) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
