import { z } from 'zod';
import { invalidField } from '../../../../domain/shared/errors.ts';
import { validate } from '../../../../runtime/validate.ts';
import { speakerName } from '../../segment.ts';
import { speakerIn } from '../lib/channels.ts';
import {
  anySeconds,
  elementsOf,
  fieldAmong,
  firstOf,
  languageAt,
  msOrNull,
  parsedField,
  placeAt,
  text,
  toMs,
} from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import { isSpaceless, segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

const OWN_FIELDS = ['transcripts', 'audio_segments', 'speaker_labels', 'channel_labels'];

/** A word, or punctuation, which has no times. */
const item = z.object({
  type: text.nullish(),
  start_time: anySeconds.nullish(),
  end_time: anySeconds.nullish(),
  alternatives: z.array(z.object({ content: text })),
  speaker_label: text.nullish(),
});
const labelled = z.object({ start_time: anySeconds, speaker_label: text });
const audioSegment = z.object({
  ...{ transcript: text, start_time: anySeconds, end_time: anySeconds },
  ...{ speaker_label: text.nullish(), channel_label: text.nullish() },
});

/** The file of a transcription job of Amazon Transcribe. */
export const awsTranscribe: Tool = {
  format: 'aws_transcribe',
  name: 'Amazon Transcribe',
  ownField(json, fields) {
    const results = fields.get('results');
    return results === undefined ? null : fieldAmong(json.fields(results), OWN_FIELDS);
  },
  read(json, fields) {
    const spoken = languageAt(json, placeAt(json, fields, 'results', 'language_code'));
    return { language: spoken, recordedAt: null, segments: segmentsIn(json, fields, isSpaceless(spoken)) };
  },
};

function* segmentsIn(json: JsonText, fields: ReadonlyMap<string, Place>, glued: boolean): JsonReading['segments'] {
  const place = (...path: string[]) => placeAt(json, fields, 'results', ...path);
  const channels = [...elementsOf(json, place('channel_labels', 'channels'))];
  const items = place('items');
  const audioSegments = place('audio_segments');
  // The items of all channels stand in `items` too, and there they may be mixed.
  if (channels.length > 1 && channels.every((each) => json.fields(each).has('items'))) {
    yield* channelsIn(json, channels, glued);
  } else if (firstOf(json, items) !== undefined) {
    yield* itemsIn(json, items, { name: null, glued, labels: labelsIn(json, place('speaker_labels', 'segments')) });
  } else if (firstOf(json, audioSegments) !== undefined) {
    yield* piecesIn(json, audioSegments, 'segment', audioSegment, (given) => ({
      startMs: toMs(given.start_time),
      endMs: toMs(given.end_time),
      text: given.transcript,
      speaker: speakerName(given.speaker_label ?? given.channel_label),
    }));
  } else {
    assertSilent(json, place('transcripts'));
  }
}

function* channelsIn(json: JsonText, channels: Place[], glued: boolean): JsonReading['segments'] {
  for (const channel of channels) {
    const fields = json.fields(channel);
    const label = parsedField(json, fields.get('channel_label'));
    const name = validate(text, label, 'channel_label', `${channel.path}.channel_label`);
    yield* itemsIn(json, fields.get('items'), { name, glued, labels: new Map() });
  }
}

interface Labels {
  /** Of the channel; null where there is one alone. */
  name: string | null;
  glued: boolean;
  /** Who speaks at a millisecond, where the items do not say it. */
  labels: ReadonlyMap<number, string>;
}

function* itemsIn(json: JsonText, items: Place | undefined, { name, glued, labels }: Labels): JsonReading['segments'] {
  if (items === undefined) return;
  const toToken = (given: z.output<typeof item>): Token => {
    const startMs = msOrNull(given.start_time);
    const label = given.speaker_label ?? labels.get(startMs ?? -1);
    return {
      text: given.alternatives[0]?.content ?? '',
      startMs,
      endMs: msOrNull(given.end_time),
      // Punctuation belongs to who spoke before.
      ...(startMs !== null && { speaker: speakerIn(name, speakerName(label)) }),
      glued: glued || given.type === 'punctuation',
    };
  };
  yield* segmentsAt(items, tokensIn(json, items, item, toToken));
}

/** In older files only the segments of `speaker_labels` say who speaks when. */
function labelsIn(json: JsonText, segments: Place | undefined): Map<number, string> {
  const labels = new Map<number, string>();
  for (const segment of elementsOf(json, segments)) {
    for (const place of elementsOf(json, json.fields(segment).get('items'))) {
      const { data } = labelled.safeParse(json.parse(place));
      if (data !== undefined) labels.set(toMs(data.start_time), data.speaker_label);
    }
  }
  return labels;
}

/** @throws AskError for words without times */
function assertSilent(json: JsonText, transcripts: Place | undefined): void {
  for (const place of elementsOf(json, transcripts)) {
    const said = text.safeParse(parsedField(json, json.fields(place).get('transcript'))).data;
    if (said?.trim()) throw invalidField(place.path, 'has a transcript without items, and so without times');
  }
}
