import { linesOf } from '../lib/lines.ts';
import { type Cue, CueScanner } from './cue-scanner.ts';
import { MUST_READ, readTimes } from './times.ts';

/**
 * SubRip, which has no specification: what players accept. A blank line inside a cue does not end it, cues need no blank
 * line between them, numbers may be missing or wrong.
 */
export function readSubRip(text: string): Cue[] {
  const scanner = new CueScanner('numbers');
  for (const line of linesOf(text)) {
    scanner.nextLine();
    const times = readTimes(line);
    if (times !== null) scanner.times(times);
    else if (line.trim() === '') scanner.blank();
    else if (line.includes('-->') && (scanner.atBlockStart || scanner.belowId)) throw scanner.badCue(MUST_READ);
    else scanner.text(line);
  }
  return scanner.end();
}
