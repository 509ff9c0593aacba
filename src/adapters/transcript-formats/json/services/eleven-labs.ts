import { z } from 'zod';
import { HAS_WORDS } from '../../lib/spoken.ts';
import { speakerName } from '../../segment.ts';
import { channelName, speakerIn } from '../lib/channels.ts';
import { fieldOfFirst, firstOf, languageAt, msOrNull, seconds, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { isSpaceless, segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

/** A word, the space between two, or a sound such as "(laughter)". */
const word = z.object({
  text,
  type: text,
  start: seconds.nullish(),
  end: seconds.nullish(),
  speaker_id: text.nullish(),
});
const TYPES = ['word', 'spacing', 'audio_event'];

/** A reply of Scribe of ElevenLabs, for one channel or for several. */
export const elevenLabs: Tool = {
  format: 'elevenlabs',
  name: 'ElevenLabs',
  ownField(json, fields) {
    const inner = firstOf(json, fields.get('transcripts'));
    const type = fieldOfFirst(json, (inner ? json.fields(inner) : fields).get('words'), 'type');
    return type !== undefined && TYPES.some((each) => json.parse(type) === each) ? type.path : null;
  },
  read(json, fields) {
    const array = fields.get('transcripts');
    const channels = array === undefined ? [fields] : [...json.elements(array)].map((each) => json.fields(each));
    const spoken = languageAt(json, (channels[0] ?? fields).get('language_code'));
    return { language: spoken, recordedAt: null, segments: channelsIn(json, channels) };
  },
};

function* channelsIn(json: JsonText, channels: ReadonlyMap<string, Place>[]): JsonReading['segments'] {
  for (const [index, fields] of channels.entries())
    yield* wordsIn(json, fields, channels.length > 1 ? channelName(index) : null);
}

/** @param channel its name; null where there is one alone */
function wordsIn(json: JsonText, fields: ReadonlyMap<string, Place>, channel: string | null): JsonReading['segments'] {
  const array = fields.get('words');
  if (array === undefined) return [];
  const spaceless = isSpaceless(languageAt(json, fields.get('language_code')));
  let isSpaced = true;
  const toToken = (given: z.output<typeof word>): Token => {
    const isSpace = given.text.trim() === '';
    // Words that stand side by side have a space between them, except in languages that write none.
    const glued = !isSpaced && (spaceless || !HAS_WORDS.test(given.text));
    isSpaced = isSpace;
    const speaker = speakerIn(channel, speakerName(given.speaker_id));
    return { text: given.text, startMs: msOrNull(given.start), endMs: msOrNull(given.end), speaker, glued };
  };
  return segmentsAt(array, tokensIn(json, array, word, toToken));
}
