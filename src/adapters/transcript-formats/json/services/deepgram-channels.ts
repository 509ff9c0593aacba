import { z } from 'zod';
import { invalidField } from '../../../../domain/shared/errors.ts';
import { channelName, speakerIn } from '../lib/channels.ts';
import { firstOf, numberedSpeaker, parsedField, seconds, text, toMs } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import { segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading } from '../lib/tool.ts';

/** A word of Deepgram. */
export const deepgramWord = z.object({
  word: text,
  punctuated_word: text.nullish(),
  start: seconds,
  end: seconds,
  speaker: numberedSpeaker,
});

const sentence = z.object({ text, start: seconds, end: seconds });
const paragraph = z.object({ speaker: numberedSpeaker, sentences: z.array(sentence) });

/**
 * What the channels hold: words, else paragraphs.
 * @param glued whether the language has no spaces between words
 * @throws AskError for a transcript that has neither, and so no times
 */
export function* channelsIn(json: JsonText, channels: Place[], glued: boolean): JsonReading['segments'] {
  for (const [index, channel] of channels.entries()) {
    const best = firstOf(json, json.fields(channel).get('alternatives'));
    if (best === undefined) continue;
    const fields = json.fields(best);
    const name = channels.length > 1 ? channelName(index) : null;
    const words = fields.get('words');
    const paragraphs = fields.get('paragraphs');
    const list = paragraphs && json.fields(paragraphs).get('paragraphs');
    if (words !== undefined && firstOf(json, words) !== undefined)
      yield* segmentsAt(
        words,
        tokensIn(json, words, deepgramWord, (given) => ({ ...tokenOf(given, name), glued })),
      );
    else if (list !== undefined && firstOf(json, list) !== undefined)
      yield* piecesIn(json, list, 'paragraph', paragraph, (given) => pieceOf(given, name));
    else if (text.safeParse(parsedField(json, fields.get('transcript'))).data?.trim())
      throw invalidField(best.path, 'has a transcript without words and paragraphs, and so without times');
  }
}

function pieceOf({ sentences, speaker }: z.output<typeof paragraph>, channel: string | null) {
  const said = sentences.filter((each) => each.text.trim() !== '');
  return {
    startMs: toMs(said[0]?.start ?? 0),
    endMs: toMs(said.reduce((end, each) => Math.max(end, each.end), 0)),
    text: said.map((each) => each.text.trim()).join(' '),
    speaker: speakerIn(channel, speaker),
  };
}

/** @param channel its name; null where there is one alone */
export function tokenOf(given: z.output<typeof deepgramWord>, channel: string | null): Token {
  return {
    text: given.punctuated_word ?? given.word,
    startMs: toMs(given.start),
    endMs: toMs(given.end),
    speaker: speakerIn(channel, given.speaker),
  };
}
