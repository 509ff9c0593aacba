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
  for (const [index, cue] of cues.entries()) {
    const spoken = wordsOf(cue);
    if (spoken.length === 0) silent++;
    for (const { speaker, text } of speakers.utterances(spoken, named(cue.id))) {
      const segment = { startMs: cue.startMs, endMs: cue.endMs, text, speaker, confidence: null };
      assertSegment(segment, `cue ${index + 1}`);
      yield segment;
    }
  }
  return { emptyCues: silent - repeats.cues, repeats: repeats.lines };
}

function* mapped<T, R>(items: readonly T[], map: (item: T) => R): Generator<R, undefined> {
  for (const item of items) yield map(item);
}
