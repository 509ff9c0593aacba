import { z } from 'zod';
import { channelName, hasManyChannels, speakerIn } from '../lib/channels.ts';
import { confidence, fieldAmong, fieldOfFirst, firstOf, languageAt, numberedSpeaker, text } from '../lib/fields.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import type { Token } from '../lib/timed-words.ts';
import type { Tool } from '../lib/tool.ts';

const TICKS_A_MS = 10_000;
const ISO_DURATION = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/;

const number = z.number().min(0, 'must not be negative').max(Number.MAX_SAFE_INTEGER, 'is too large').nullish();
/** `PT1M2.5S`, of batches; a number is milliseconds, of the first versions of fast transcription. */
const duration = z.union([number, z.string().regex(ISO_DURATION, 'must be a duration').transform(msOfIso)]);
const time = {
  ...{ offset: duration, offsetInTicks: number, offsetMilliseconds: number },
  ...{ duration, durationInTicks: number, durationMilliseconds: number },
};
const word = z.object({ ...time, displayText: text.nullish(), text: text.nullish(), word: text.nullish() });
const words = z.array(word).nullish().catch(null);
const best = z.object({
  ...{ display: text.nullish(), itn: text.nullish(), lexical: text.nullish(), speaker: numberedSpeaker },
  ...{ confidence, displayWords: words, words },
});
const phrase = z
  .object({
    ...time,
    ...{ text: text.nullish(), confidence, words, nBest: z.array(best).nullish() },
    ...{ speaker: numberedSpeaker, channel: z.int().min(0).nullish().catch(null) },
  })
  .refine((given) => startOf(given) !== null, { path: ['offset'], message: 'is required' });

/** A result file of Azure's batch transcription, or a reply of its fast transcription. */
export const azureSpeech: Tool = {
  format: 'azure_speech',
  name: 'Azure Speech',
  ownField(json, fields) {
    const own = fieldAmong(fields, ['recognizedPhrases', 'combinedRecognizedPhrases', 'combinedPhrases']);
    const first = firstOf(json, fields.get('phrases'));
    return own ?? (first ? fieldAmong(json.fields(first), ['offsetMilliseconds']) : null);
  },
  read(json, fields) {
    const phrases = fields.get('recognizedPhrases') ?? fields.get('phrases');
    const isNamed = hasManyChannels(json, phrases, 'channel');
    return {
      language: languageAt(json, fieldOfFirst(json, phrases, 'locale')),
      // `timestamp` is when it was transcribed, not when it was said.
      recordedAt: null,
      segments: piecesIn(json, phrases, 'phrase', phrase, (given) => toPiece(given, isNamed)),
    };
  },
};

function toPiece(given: z.output<typeof phrase>, isNamed: boolean): Piece {
  const found = given.nBest?.[0];
  const startMs = Math.round(startOf(given) ?? 0);
  return {
    startMs,
    endMs: Math.round(startMs + (lengthOf(given) ?? 0)),
    text: [given.text, found?.display, found?.itn, found?.lexical].find((each) => each?.trim()) ?? '',
    speaker: speakerIn(isNamed ? channelName(given.channel ?? 0) : null, given.speaker ?? found?.speaker ?? null),
    confidence: given.confidence ?? found?.confidence,
    words: (given.words ?? found?.displayWords ?? found?.words)?.map(toToken),
  };
}

function toToken(given: z.output<typeof word>): Token {
  const start = startOf(given);
  const startMs = start === null ? null : Math.round(start);
  return { text: given.displayText ?? given.text ?? given.word ?? '', startMs, endMs: null, speaker: null };
}

function startOf(given: Pick<z.output<typeof word>, 'offset' | 'offsetInTicks' | 'offsetMilliseconds'>): number | null {
  return given.offsetMilliseconds ?? given.offset ?? msOfTicks(given.offsetInTicks);
}

function lengthOf(given: z.output<typeof phrase>): number | null {
  return given.durationMilliseconds ?? given.duration ?? msOfTicks(given.durationInTicks);
}

function msOfTicks(ticks: number | null | undefined): number | null {
  return ticks === null || ticks === undefined ? null : ticks / TICKS_A_MS;
}

function msOfIso(text: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = ISO_DURATION.exec(text) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
