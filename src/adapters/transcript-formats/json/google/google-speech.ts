import { invalidField } from '../../../../domain/shared/errors.ts';
import { firstAlternative } from '../lib/alternatives.ts';
import { hasManyChannels, speakerIn } from '../lib/channels.ts';
import { fieldOfFirst, languageAt, placeAt } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { segmentsOf } from '../lib/speech-pieces.ts';
import { isSpaceless, segmentsAt, type Token } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';
import { withoutRepeats } from './google-repeats.ts';
import { GoogleResult } from './google-result.ts';

/** A reply or a file of Google's Speech-to-Text, version 1 or 2. */
export const googleSpeech: Tool = {
  format: 'google_speech',
  name: 'Google Speech-to-Text',
  ownField(json, fields) {
    const best = firstAlternative(json, resultsIn(json, fields));
    return (best?.get('transcript') ?? best?.get('words'))?.path ?? null;
  },
  read(json, fields) {
    const results = resultsIn(json, fields);
    const spoken = languageAt(json, fieldOfFirst(json, results, 'languageCode'));
    return { language: spoken, recordedAt: null, segments: segmentsIn(json, results, isSpaceless(spoken)) };
  },
};

/** `{results}`, the `response` of an operation, or that of a batch, which has the results by the addresses of the files. */
function resultsIn(json: JsonText, fields: ReadonlyMap<string, Place>): Place | undefined {
  const found = fields.get('results') ?? placeAt(json, fields, 'response', 'results');
  if (found === undefined || json.isArray(found)) return found;
  const [file, ...others] = json.fields(found).values();
  const inner = file === undefined ? new Map<string, Place>() : json.fields(file);
  const results =
    placeAt(json, inner, 'transcript', 'results') ?? placeAt(json, inner, 'inlineResult', 'transcript', 'results');
  if (results !== undefined && others.length > 0)
    throw invalidField(found.path, 'has several recordings; send the results of one');
  return results;
}

/** @param glued whether the language has no spaces between words */
function* segmentsIn(json: JsonText, array: Place | undefined, glued: boolean): JsonReading['segments'] {
  if (array === undefined) return;
  const isNamed = hasManyChannels(json, array, 'channelTag');
  /** Where each channel has come to. */
  const ends = new Map<string | null, number>();
  for (const result of withoutRepeats([...json.elements(array)].map((place) => new GoogleResult(json, place)))) {
    const channel = isNamed ? result.channel : null;
    const tokens = [...result.tokens()].map(
      (token): Token => ({ ...token, speaker: speakerIn(channel, token.speaker ?? null), glued }),
    );
    const isTimed = tokens.some(({ startMs }) => startMs !== null);
    if (result.words !== undefined && isTimed) yield* segmentsAt(result.words, tokens);
    else yield* untimed(result, ends.get(channel) ?? 0, { speaker: channel, words: tokens });
    ends.set(channel, result.endMs ?? tokens.at(-1)?.endMs ?? 0);
  }
}

/** A result that says only when it ends: it begins where the one before ends. */
function* untimed(
  { place, transcript, endMs }: GoogleResult,
  startMs: number,
  said: { speaker: string | null; words: Token[] },
): JsonReading['segments'] {
  if (transcript.trim() !== '' && endMs === null)
    throw invalidField(place.path, 'has neither the times of its words nor its end');
  const isNamed = said.words.some(({ speaker }) => speaker);
  const piece = { ...said, speaker: isNamed ? null : said.speaker, text: transcript, startMs, endMs: endMs ?? startMs };
  for (const segment of segmentsOf(piece)) yield { at: place.path, segment };
}
