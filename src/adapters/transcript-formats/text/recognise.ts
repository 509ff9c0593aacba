import { isTimesLine } from '../cues/cue-times.ts';
import { isSignature } from '../cues/web-vtt.ts';
import { linesOf } from '../lib/lines.ts';
import { isSbvTimes } from './sbv-times.ts';

export type TextFormat = 'vtt' | 'srt' | 'sbv' | null;

const LOOKED_AT = 4;

/** Which format the text is in, by its first lines and not by what it was sent as; null when they do not tell. */
export function recogniseText(text: string): TextFormat {
  let seen = 0;
  for (const line of linesOf(text)) {
    if (seen === 0 && isSignature(line)) return 'vtt';
    if (line.trim() === '') continue;
    if (isTimesLine(line)) return 'srt';
    if (isSbvTimes(line)) return 'sbv';
    if (++seen === LOOKED_AT) break;
  }
  return null;
}
