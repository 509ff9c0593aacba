import type { Dropped, Segment } from '../../../domain/library/transcript.ts';
import { assertSegment } from '../segment.ts';
import { cueIdNames } from '../speakers/cue-id-names.ts';
import { Speakers } from '../speakers/speakers.ts';
import type { Cue } from './cue-scanner.ts';
import { spokenIn } from './cue-text.ts';
import { dropRepeats } from './rolling-captions.ts';

/** The segments of cues: one for each person who speaks in a cue. @returns what was left out. */
export function* cueSegments(cues: Cue[], { breaks }: { breaks: boolean }): Generator<Segment, Dropped, undefined> {
  const repeats = dropRepeats(cues);
  const wordsOf = ({ lines }: Cue) => spokenIn(lines.join('\n'), { breaks });
  // Words are taken out of the cues twice: to keep those of a long transcript costs more in memory than this in time.
  const speakers = new Speakers(mapped(cues, wordsOf));
  const named = cueIdNames(cues.map(({ id }) => id));
  let silent = 0;
  let number = 0;
  // What was read is taken out of the list: a long one and its segments take too much memory beside each other.
  cues.reverse();
  for (let cue = cues.pop(); cue !== undefined; cue = cues.pop()) {
    number++;
    const spoken = wordsOf(cue);
    if (spoken.length === 0) silent++;
    for (const { speaker, text } of speakers.utterances(spoken, named(cue.id))) {
      const segment = { startMs: cue.startMs, endMs: cue.endMs, text, speaker, confidence: null };
      assertSegment(segment, `cue ${number}`);
      yield segment;
    }
  }
  return { emptyCues: silent - repeats.cues, repeats: repeats.lines };
}

function* mapped<T, R>(items: readonly T[], map: (item: T) => R): Generator<R, undefined> {
  for (const item of items) yield map(item);
}
