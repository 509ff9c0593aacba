import { z } from 'zod';
import { validate } from '../../../../runtime/validate.ts';
import { anySeconds, fieldAmong, msOrNull, numberedSpeaker, parsedField, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

/** Of Rev AI with `ts`, of Rev with `timestamp`. Punctuation has its own spaces, and no times. */
const element = z.object({
  type: text,
  value: text.nullish(),
  /** What a tag says, such as "inaudible". */
  name: text.nullish(),
  ...{ ts: anySeconds.nullish(), end_ts: anySeconds.nullish() },
  ...{ timestamp: anySeconds.nullish(), end_timestamp: anySeconds.nullish() },
});
const people = z
  .array(z.object({ id: z.union([z.number(), z.string()]), name: text.nullish() }))
  .nullish()
  .catch(null);

/** What is said on goes without a space behind these only: "twenty-one", "it's". */
const GLUES_NEXT = /[-–—'’/]$/;

/** A transcript of Rev AI, or of Rev. */
export const revAi: Tool = {
  format: 'rev',
  name: 'Rev',
  ownField: (_json, fields) => fieldAmong(fields, ['monologues']),
  read(json, fields) {
    const speakers = people.parse(parsedField(json, fields.get('speakers'))) ?? [];
    const names = new Map(speakers.map(({ id, name }) => [String(id), name]));
    return { language: null, recordedAt: null, segments: monologuesIn(json, fields.get('monologues'), names) };
  },
};

function* monologuesIn(
  json: JsonText,
  monologues: Place | undefined,
  names: ReadonlyMap<string, string | null | undefined>,
): JsonReading['segments'] {
  if (monologues === undefined) return;
  for (const monologue of json.elements(monologues)) {
    const fields = json.fields(monologue);
    const given = parsedField(json, fields.get('speaker'));
    const speaker = validate(
      numberedSpeaker,
      names.get(String(given)) ?? given,
      'speaker',
      `${monologue.path}.speaker`,
    );
    const elements = fields.get('elements');
    if (elements !== undefined) yield* segmentsAt(elements, elementsOf(json, elements, speaker));
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
