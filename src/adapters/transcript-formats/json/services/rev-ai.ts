import { z } from 'zod';
import { invalidField } from '../../../../domain/shared/errors.ts';
import { validate } from '../../../../runtime/validate.ts';
import { anySeconds, fieldAmong, msOrNull, numberedSpeaker, parsedField, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { namesById } from '../lib/names-by-id.ts';
import { segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { Tool } from '../lib/tool.ts';

/** Of Rev AI with `ts`, of Rev with `timestamp`. Punctuation has its own spaces, and no times. */
const element = z.object({
  type: text,
  value: text.nullish(),
  /** What a tag says, such as "inaudible". */
  name: text.nullish(),
  ...{ ts: anySeconds.nullish(), end_ts: anySeconds.nullish() },
  ...{ timestamp: anySeconds.nullish(), end_timestamp: anySeconds.nullish() },
});

/** What is said on goes without a space behind these only: "twenty-one", "it's". */
const GLUES_NEXT = /[-–—'’/]$/;

/** A transcript of Rev AI, or of Rev. */
export const revAi: Tool = {
  format: 'rev',
  name: 'Rev',
  ownField: (_json, fields) => fieldAmong(fields, ['monologues']),
  read(json, fields) {
    const monologues = fields.get('monologues');
    const names = namesById(json, fields.get('speakers'));
    const segments = monologues === undefined ? [] : segmentsAt(monologues, monologuesIn(json, monologues, names));
    return { language: null, recordedAt: null, segments };
  },
};

function* monologuesIn(json: JsonText, monologues: Place, names: ReturnType<typeof namesById>): Generator<Token> {
  for (const monologue of json.elements(monologues)) {
    const { path } = monologue;
    const fields = json.fields(monologue);
    const given = parsedField(json, fields.get('speaker'));
    const speaker = validate(numberedSpeaker, names.get(String(given)) ?? given, 'speaker', `${path}.speaker`);
    const elements = fields.get('elements');
    if (elements === undefined) throw invalidField(`${path}.elements`, 'is required');
    yield* elementsOf(json, elements, speaker);
  }
}

function elementsOf(json: JsonText, elements: Place, speaker: string | null): Iterable<Token> {
  let isNextGlued = false;
  return tokensIn(json, elements, element, (given) => {
    const isPunctuation = given.type === 'punct';
    const said = given.value ?? (given.name ? `[${given.name}]` : '');
    const glued = isPunctuation ? !/^\s/.test(said) : isNextGlued;
    isNextGlued = isPunctuation && GLUES_NEXT.test(said);
    return {
      text: said,
      startMs: msOrNull(given.ts ?? given.timestamp),
      endMs: msOrNull(given.end_ts ?? given.end_timestamp),
      speaker,
      glued,
    };
  });
}
