import { z } from 'zod';
import { validate } from '../../../../runtime/validate.ts';
import { channelName } from '../lib/channels.ts';
import { firstOf, numberedSpeaker, parsedField, text, toMs } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { type Token, tokensIn } from '../lib/timed-words.ts';

/** "1.200s", or the parts in which client libraries print it. In milliseconds; null where there is none. */
const offset = z
  .union([
    z
      .string()
      .regex(/^\d+(?:\.\d+)?s?$/, 'must be a time such as "1.200s"')
      .transform(Number.parseFloat),
    z.number().min(0, 'must not be negative'),
    z
      .object({ seconds: z.coerce.number().min(0).default(0), nanos: z.number().min(0).default(0) })
      .transform(({ seconds, nanos }) => seconds + nanos / 1e9),
  ])
  .nullish()
  .transform((seconds) => (seconds === null || seconds === undefined ? null : toMs(seconds)));

/** `Time` of version 1, `Offset` of version 2; in lower case with `_` as Python prints it. */
const word = z
  .object({
    word: text,
    ...{ startTime: offset, startOffset: offset, start_time: offset, start_offset: offset },
    ...{ endTime: offset, endOffset: offset, end_time: offset, end_offset: offset },
    ...{ speakerLabel: text.nullish(), speaker_label: text.nullish() },
    ...{ speakerTag: z.number().nullish(), speaker_tag: z.number().nullish() },
  })
  .transform(({ word: said, ...given }): Token => {
    const endMs = given.endTime ?? given.endOffset ?? given.end_time ?? given.end_offset;
    const startMs = given.startTime ?? given.startOffset ?? given.start_time ?? given.start_offset;
    // The tag 0 names nobody.
    const speaker = given.speakerLabel || given.speaker_label || given.speakerTag || given.speaker_tag || null;
    return {
      // Japanese words have their reading behind a bar.
      text: said.replace(/(?<=\S)\|\S+$/, ''),
      // A time of 0 may be left out.
      startMs: startMs ?? (endMs === null ? null : 0),
      endMs,
      speaker: numberedSpeaker.parse(speaker),
    };
  });

/** The words of the best alternative of a result, as they are needed: the last result may have those of a whole meeting. */
export class GoogleResult {
  readonly place: Place;
  /** The words of its best alternative. */
  readonly words: Place | undefined;
  readonly #json: JsonText;
  readonly #fields: ReadonlyMap<string, Place>;
  readonly #best: ReadonlyMap<string, Place>;

  constructor(json: JsonText, place: Place) {
    this.#json = json;
    this.place = place;
    this.#fields = json.fields(place);
    const best = firstOf(json, this.#fields.get('alternatives'));
    this.#best = best === undefined ? new Map() : json.fields(best);
    this.words = this.#best.get('words');
  }

  get transcript(): string {
    const place = this.#best.get('transcript');
    return validate(text.nullish(), parsedField(this.#json, place), 'transcript', place?.path) ?? '';
  }

  /** null where there is no other channel. */
  get channel(): string | null {
    const tag = this.#parsed(this.#fields, 'channelTag', 'channel_tag');
    return typeof tag === 'number' && tag > 0 ? channelName(tag - 1) : null;
  }

  get endMs(): number | null {
    const names = ['resultEndTime', 'resultEndOffset', 'result_end_time', 'result_end_offset'];
    return offset.safeParse(this.#parsed(this.#fields, ...names)).data ?? null;
  }

  tokens(): Iterable<Token> {
    return this.words === undefined ? [] : tokensIn(this.#json, this.words, word, (token) => token);
  }

  #parsed(fields: ReadonlyMap<string, Place>, ...names: string[]): unknown {
    return parsedField(
      this.#json,
      names.map((name) => fields.get(name)).find((place) => place !== undefined),
    );
  }
}
