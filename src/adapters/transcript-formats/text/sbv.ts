import { type Cue, CueScanner } from '../cues/cue-scanner.ts';
import { linesOf } from '../lib/lines.ts';
import { readSbvTimes } from './sbv-times.ts';

/** A line that was meant as times. */
const MEANT =
  /^.{0,16}[,;]\s*\d{1,3}:\d{1,2}:\d{1,2}\.\d{1,3}\s*$|^\s*-?[\dOolI]{1,3}:[\dOolI]{1,2}:[\dOolI]{1,2}[.,:][\dOolI]{1,3}\s*[,;]|^\s*\d:\d\d:\d\d\.\d{3}\D{0,4}\d+:\d\d/;

/** SubViewer as YouTube and Google Meet write it: times, lines, a blank line; `[br]` breaks a line. */
export function readSbv(text: string): Cue[] {
  const scanner = new CueScanner('none');
  for (const line of linesOf(text)) {
    scanner.nextLine();
    const times = readSbvTimes(line);
    if (times !== null) {
      if (Number.isNaN(times.startMs + times.endMs)) throw scanner.badCue(MUST_READ_SBV);
      scanner.times({ ...times, rest: '' });
    } else if (MEANT.test(line)) {
      throw scanner.badCue(MUST_READ_SBV);
    } else if (line.trim() === '') {
      scanner.blank();
    } else {
      for (const piece of line.split('[br]')) scanner.text(piece);
    }
  }
  return scanner.end();
}

const MUST_READ_SBV = 'its times must read 0:00:01.000,0:00:02.000';
