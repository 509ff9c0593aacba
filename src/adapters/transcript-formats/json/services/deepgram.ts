import { z } from 'zod';
import { channelName, speakerIn } from '../lib/channels.ts';
import {
  confidence,
  elementsOf,
  fieldOfFirst,
  firstOf,
  languageAt,
  numberedSpeaker,
  seconds,
  text,
  toMs,
} from '../lib/fields.ts';
import type { Place } from '../lib/json-text.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import { isSpaceless } from '../lib/timed-words.ts';
import type { Tool } from '../lib/tool.ts';
import { channelsIn, deepgramWord, tokenOf } from './deepgram-channels.ts';

const utterance = z.object({
  start: seconds,
  end: seconds,
  transcript: text,
  speaker: numberedSpeaker,
  channel: z.int().min(0).nullish().catch(null),
  confidence,
  words: z.array(deepgramWord).nullish().catch(null),
});

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
    const found = [...elementsOf(json, channels)];
    const utterances = inner.get('utterances');
    const spoken = languageAt(json, fieldOfFirst(json, channels, 'detected_language'));
    return {
      language: spoken,
      // `metadata.created` is when it was transcribed, not when it was said.
      recordedAt: null,
      segments:
        utterances !== undefined && firstOf(json, utterances) !== undefined
          ? piecesIn(json, utterances, 'utterance', utterance, (given) => toPiece(given, found.length > 1))
          : channelsIn(json, found, isSpaceless(spoken)),
    };
  },
};

function toPiece(given: z.output<typeof utterance>, manyChannels: boolean): Piece {
  const channel = manyChannels ? channelName(given.channel ?? 0) : null;
  return {
    startMs: toMs(given.start),
    endMs: toMs(given.end),
    text: given.transcript,
    // A channel alone names nobody where the words say who of it speaks.
    speaker:
      given.speaker === null && given.words?.some((each) => each.speaker) ? null : speakerIn(channel, given.speaker),
    confidence: given.confidence,
    words: given.words?.map((each) => tokenOf(each, channel)),
  };
}
