import { z } from 'zod';
import { fieldAmong, firstOf, languageAt, msOrNull, numberedSpeaker, seconds, text, toMs } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import { isSpaceless, segmentsAt, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

/** Words that the aligner could not place have no times. */
const alignedWord = z.object({
  word: text.optional(),
  text: text.optional(),
  start: seconds.nullish(),
  end: seconds.nullish().catch(null),
  speaker: numberedSpeaker,
});
const segment = z.object({
  start: seconds,
  end: seconds,
  text,
  speaker: numberedSpeaker,
  /** Of Mistral and others that write as Whisper does. */
  speaker_id: numberedSpeaker.catch(null),
  words: z.array(alignedWord).nullish().catch(null),
});

/** A word of an answer that was asked for words alone (`timestamp_granularities[]=word`). */
const loneWord = z.object({ word: text, start: seconds, end: seconds, speaker: numberedSpeaker });

const WHISPER_FIELDS = ['task', 'text', 'duration'];
const WHISPER_SEGMENT_FIELDS = ['seek', 'tokens', 'temperature', 'avg_logprob', 'compression_ratio', 'no_speech_prob'];

/** OpenAI's Whisper, its API (`verbose_json`, `diarized_json`), faster-whisper (also a bare list) and others that write as it does. */
export const whisper: Tool = {
  format: 'whisper',
  name: 'Whisper',
  ownField(json, fields) {
    if (whisperX.ownField(json, fields) !== null) return null;
    const segments = segmentsOf(json, fields);
    if (segments === undefined) return hasLoneWords(json, fields) ? fieldAmong(fields, WHISPER_FIELDS) : null;
    const first = firstOf(json, segments);
    return (
      fieldAmong(fields, WHISPER_FIELDS) ??
      (first ? fieldAmong(json.fields(first), WHISPER_SEGMENT_FIELDS) : null) ??
      (fields.has('segments') ? wordField(json, first, ['word', 'text']) : null)
    );
  },
  read: readSegments,
};

/** WhisperX writes Whisper's segments with aligned words and speakers. */
export const whisperX: Tool = {
  format: 'whisperx',
  name: 'WhisperX',
  ownField: (json, fields) =>
    fieldAmong(fields, ['word_segments']) ?? wordField(json, firstOf(json, fields.get('segments')), ['score']),
  read: readSegments,
};

/** faster-whisper has no form of its own: people print its list of segments. */
function segmentsOf(json: JsonText, fields: ReadonlyMap<string, Place>): Place | undefined {
  return json.isArray(json.root) ? json.root : fields.get('segments');
}

function hasLoneWords(json: JsonText, fields: ReadonlyMap<string, Place>): boolean {
  const first = firstOf(json, fields.get('words'));
  return first !== undefined && fieldAmong(json.fields(first), ['word']) !== null;
}

function wordField(json: JsonText, first: Place | undefined, names: string[]): string | null {
  const array = first && json.fields(first).get('words');
  if (array === undefined) return null;
  for (const word of json.elements(array)) {
    const found = fieldAmong(json.fields(word), names);
    if (found !== null) return found;
  }
  return null;
}

function readSegments(json: JsonText, fields: ReadonlyMap<string, Place>): JsonReading {
  const segments = segmentsOf(json, fields);
  const words = fields.get('words');
  const spoken = languageAt(json, fields.get('language'));
  return {
    language: spoken,
    recordedAt: null,
    segments:
      segments === undefined && words !== undefined
        ? ofWords(json, words, isSpaceless(spoken))
        : piecesIn(json, segments, 'segment', segment, toPiece),
  };
}

function ofWords(json: JsonText, array: Place, glued: boolean): JsonReading['segments'] {
  const tokens = tokensIn(json, array, loneWord, ({ word, start, end, speaker }) => ({
    ...{ text: word, startMs: toMs(start), endMs: toMs(end), speaker },
    glued,
  }));
  return segmentsAt(array, tokens);
}

function toPiece({ start, end, text: said, words, ...given }: z.output<typeof segment>): Piece {
  return {
    startMs: toMs(start),
    endMs: toMs(end),
    text: said,
    speaker: given.speaker ?? given.speaker_id,
    words: words?.map(({ word, text: alias, speaker, ...times }) => ({
      text: word ?? alias ?? '',
      startMs: msOrNull(times.start),
      endMs: msOrNull(times.end),
      speaker,
    })),
  };
}
