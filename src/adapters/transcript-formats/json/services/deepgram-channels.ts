import { z } from 'zod';
import { invalidField } from '../../../../domain/shared/errors.ts';
import { validate } from '../../../../runtime/validate.ts';
import { firstOf, numberedSpeaker, parsedField, seconds, text, toMs } from '../fields.ts';
import type { JsonText, Place } from '../json-text.ts';
import { segmentsOfWords, type Word } from '../timed-words.ts';
import type { JsonReading } from '../tool.ts';

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

/** What the channels hold: words, else paragraphs. @throws AskError for a transcript that has neither, and so no times */
export function* channelsIn(json: JsonText, channels: Place[]): JsonReading['segments'] {
  for (const [index, channel] of channels.entries()) {
    const best = firstOf(json, json.fields(channel).get('alternatives'));
    if (best === undefined) continue;
    const fields = json.fields(best);
    const name = channels.length > 1 ? channelName(index) : null;
    const words = fields.get('words');
    const paragraphs = fields.get('paragraphs');
    const list = paragraphs && json.fields(paragraphs).get('paragraphs');
    if (words !== undefined && firstOf(json, words) !== undefined) yield* ofWords(json, words, name);
    else if (list !== undefined && firstOf(json, list) !== undefined) yield* ofParagraphs(json, list, name);
    else if (text.safeParse(parsedField(json, fields.get('transcript'))).data?.trim())
      throw invalidField(best.path, 'has a transcript without words and paragraphs, and so without times');
  }
}

function* ofWords(json: JsonText, array: Place, channel: string | null): JsonReading['segments'] {
  for (const segment of segmentsOfWords(wordsIn(json, array, channel))) yield { at: array.path, segment };
}

function* wordsIn(json: JsonText, array: Place, channel: string | null): Generator<Word, undefined> {
  for (const element of json.elements(array)) {
    const given = validate(deepgramWord, json.parse(element), 'word', element.path);
    if (spelled(given).trim() === '') continue;
    const [startMs, endMs] = [toMs(given.start), toMs(given.end)];
    yield { text: spelled(given), startMs, endMs, speaker: speakerIn(channel, given.speaker) };
  }
}

function* ofParagraphs(json: JsonText, array: Place, channel: string | null): JsonReading['segments'] {
  for (const element of json.elements(array)) {
    const { sentences, speaker } = validate(paragraph, json.parse(element), 'paragraph', element.path);
    const said = sentences.filter((each) => each.text.trim() !== '');
    const [first] = said;
    const segment = first && {
      startMs: toMs(first.start),
      endMs: toMs(said.reduce((end, each) => Math.max(end, each.end), 0)),
      text: said.map((each) => each.text.trim()).join(' '),
      speaker: speakerIn(channel, speaker),
      confidence: null,
    };
    yield { at: element.path, segment: segment ?? null };
  }
}

export function spelled({ punctuated_word: punctuated, word }: z.output<typeof deepgramWord>): string {
  return punctuated ?? word;
}

/** Speakers are numbered within their channel. @param channel null where there is one alone */
export function speakerIn(channel: string | null, speaker: string | null): string | null {
  return channel !== null && speaker !== null ? `${channel}, ${speaker}` : (speaker ?? channel);
}

export function channelName(index: number): string {
  return `Channel ${index + 1}`;
}
