import { z } from 'zod';
import type { Segment } from '../../../../domain/library/transcript.ts';
import { validate } from '../../../../runtime/validate.ts';
import { firstOf, language, numberedSpeaker, parsedField, seconds, text, toMs } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import { wordStarts } from '../timed-words.ts';
import type { JsonReading, Tool } from '../tool.ts';
import { channelName, channelsIn, deepgramWord, speakerIn, spelled } from './deepgram-channels.ts';

const utterance = z
  .object({
    start: seconds,
    end: seconds,
    transcript: text,
    speaker: numberedSpeaker,
    channel: z.int().min(0).nullish().catch(null),
    confidence: z.number().min(0).max(1).nullish().catch(null),
    words: z.array(deepgramWord).nullish().catch(null),
  })
  .refine(({ start, end }) => end >= start, { path: ['end'], message: 'must not be before start' });

/** A reply of Deepgram's API for recordings: its utterances, else what its channels hold. */
export const deepgram: Tool = {
  format: 'deepgram',
  name: 'Deepgram',
  ownField(json, fields) {
    const results = fields.get('results');
    if (results === undefined) return null;
    const inner = json.fields(results);
    return (inner.get('channels') ?? inner.get('utterances'))?.path ?? null;
  },
  read(json, fields) {
    const results = fields.get('results');
    const inner = results === undefined ? new Map<string, Place>() : json.fields(results);
    const channels = inner.get('channels');
    const found = channels === undefined ? [] : [...json.elements(channels)];
    const utterances = inner.get('utterances');
    return {
      language: detectedLanguage(json, found),
      // `metadata.created` is when it was transcribed, not when it was said.
      recordedAt: null,
      segments:
        utterances !== undefined && firstOf(json, utterances) !== undefined
          ? utterancesIn(json, utterances, found.length > 1)
          : channelsIn(json, found),
    };
  },
};

function detectedLanguage(json: JsonText, channels: Place[]): string | null {
  const first = channels[0];
  return first === undefined
    ? null
    : (language.parse(parsedField(json, json.fields(first).get('detected_language'))) ?? null);
}

function* utterancesIn(json: JsonText, array: Place, manyChannels: boolean): JsonReading['segments'] {
  for (const element of json.elements(array)) {
    const given = validate(utterance, json.parse(element), 'utterance', element.path);
    yield { at: element.path, segment: toSegment(given, manyChannels) };
  }
}

function toSegment(given: z.output<typeof utterance>, manyChannels: boolean): Segment | null {
  const said = given.transcript.trim();
  if (said === '') return null;
  const timed = (given.words ?? []).map((each) => ({ text: spelled(each), startMs: toMs(each.start) }));
  const starts = wordStarts(said, timed);
  return {
    startMs: toMs(given.start),
    endMs: toMs(given.end),
    text: said,
    speaker: speakerIn(manyChannels ? channelName(given.channel ?? 0) : null, given.speaker),
    confidence: given.confidence ?? null,
    ...(starts !== undefined && { wordStartsMs: starts }),
  };
}
