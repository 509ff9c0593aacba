import { z } from 'zod';
import { speakerName } from '../../segment.ts';
import { firstAlternative } from '../lib/alternatives.ts';
import { speakerIn } from '../lib/channels.ts';
import { language, msOrNull, parsedField, placeAt, seconds, text } from '../lib/fields.ts';
import type { JsonText, Place } from '../lib/json-text.ts';
import { segmentsAt, type Token, tokensIn } from '../lib/timed-words.ts';
import type { JsonReading, Tool } from '../lib/tool.ts';

/** Who is not known. */
const UNKNOWN = 'UU';

/** A word, punctuation, or something written in one piece such as a date. A change of speaker has no words. */
const result = z.object({
  type: text.nullish(),
  start_time: seconds.nullish(),
  end_time: seconds.nullish(),
  attaches_to: text.nullish(),
  channel: text.nullish(),
  alternatives: z.array(z.object({ content: text, speaker: text.nullish() })).nullish(),
});

/** A transcript of Speechmatics in the format `json-v2`. */
export const speechmatics: Tool = {
  format: 'speechmatics',
  name: 'Speechmatics',
  ownField: (json, fields) => firstAlternative(json, fields.get('results'))?.get('content')?.path ?? null,
  read(json, fields) {
    const at = (...path: string[]) => parsedField(json, placeAt(json, fields, 'metadata', ...path));
    const asked = language.parse(at('transcription_config', 'language'));
    const found = language.parse(at('language_identification', 'predicted_language'));
    const delimiter = at('language_pack_info', 'word_delimiter');
    return {
      language: found ?? (asked === 'auto' ? null : (asked ?? null)),
      recordedAt: null,
      segments: wordsIn(json, fields.get('results'), delimiter === ''),
    };
  },
};

/** @param glued whether the language has no spaces between words */
function wordsIn(json: JsonText, array: Place | undefined, glued: boolean): JsonReading['segments'] {
  if (array === undefined) return [];
  let isNextGlued = false;
  /** Signs that open what the next word goes on with. */
  let opening = '';
  const toToken = ({ type, attaches_to: attaches, ...given }: z.output<typeof result>): Token => {
    const best = given.alternatives?.[0];
    const said = opening + (best?.content ?? '');
    const attachesTo = attaches ?? (type === 'punctuation' ? 'previous' : 'none');
    opening = attachesTo === 'next' ? said : '';
    const isGlued = glued || isNextGlued || attachesTo === 'previous' || attachesTo === 'both';
    if (opening === '') isNextGlued = attachesTo === 'both';
    const speaker = best?.speaker === UNKNOWN ? null : speakerName(best?.speaker);
    return {
      text: opening === '' ? said : '',
      startMs: msOrNull(given.start_time),
      endMs: msOrNull(given.end_time),
      // Punctuation belongs to who spoke before.
      ...(type !== 'punctuation' && { speaker: speakerIn(speakerName(given.channel), speaker) }),
      glued: isGlued,
    };
  };
  return segmentsAt(array, tokensIn(json, array, result, toToken));
}
