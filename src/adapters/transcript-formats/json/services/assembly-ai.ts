import { z } from 'zod';
import { confidence, fieldAmong, firstOf, languageAt, milliseconds, numberedSpeaker, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import { isSpaceless, segmentsAt, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

const OWN_FIELDS = ['utterances', 'acoustic_model', 'audio_url', 'audio_duration', 'speech_model'];
/** The whole transcript in pieces; the first that is there and not empty is read. */
const PIECES = ['utterances', 'sentences', 'paragraphs'];

const wordFields = { start: milliseconds, end: milliseconds, text, speaker: numberedSpeaker };
const toToken = ({ start, end, text: said, speaker }: z.output<typeof word>) => ({
  text: said,
  startMs: Math.round(start),
  endMs: Math.round(end),
  speaker,
});
const word = z.object(wordFields);
const piece = z.object({
  ...wordFields,
  confidence,
  words: z.array(word.transform(toToken)).nullish().catch(null),
});

/** A transcript of AssemblyAI's API; its times are milliseconds. */
export const assemblyAi: Tool = {
  format: 'assemblyai',
  name: 'AssemblyAI',
  ownField: (_json, fields) => fieldAmong(fields, OWN_FIELDS),
  read(json, fields) {
    const spoken = languageAt(json, fields.get('language_code'));
    return { language: spoken, recordedAt: null, segments: segmentsIn(json, fields, isSpaceless(spoken)) };
  },
};

function segmentsIn(json: JsonText, fields: ReadonlyMap<string, Place>, glued: boolean): JsonReading['segments'] {
  for (const name of PIECES) {
    const array = fields.get(name);
    if (array !== undefined && firstOf(json, array) !== undefined)
      return piecesIn(json, array, 'utterance', piece, (given) => ({ ...given, ...toToken(given) }));
  }
  const words = fields.get('words');
  if (words === undefined) return [];
  return segmentsAt(
    words,
    tokensIn(json, words, word, (given) => ({ ...toToken(given), glued })),
  );
}
