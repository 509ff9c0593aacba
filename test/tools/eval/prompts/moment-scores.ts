import { scopeContext } from '../../../../src/domain/answering/context/render-context.ts';
import type { PromptLine } from '../../../../src/domain/answering/prompt-line.ts';
import { parseReply } from '../../../../src/domain/answering/reply/citations.ts';
import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { digest } from '../../../../src/domain/shared/sha256-digest.ts';
import type { EvalLibrary } from '../library.ts';
import { recordingOf } from '../library.ts';
import type { Meeting } from '../meetings.ts';

/** Whether citations point to the moment at which what they cite was said. */
export interface MomentScores {
  citations: number;
  /** The share of citations that begin at most 15 s away from it. */
  within15s: number;
}

const LIMIT_MS = 15_000;
/** The times of these meetings are made: each word takes as long. */
const WORD_MS = 400;
/** A sentence states so many words of a segment, and there is one at every so many words. */
const STATED = 6;
const APART = 40;

/** Cites what was said all over the meetings, each time by the line that shows it. */
export function momentScores(library: EvalLibrary): MomentScores {
  let [citations, near] = [0, 0];
  for (const meeting of library.meetings) {
    const lines = linesOf(library, meeting);
    for (const [place, segment] of meeting.segments.entries()) {
      for (const { words, saidAt } of statementsIn(segment)) {
        const line = lines.find(({ segments, text }) => isIn(place, segments) && text.includes(words));
        // Words at the seam of two lines stand in neither whole.
        if (line === undefined) continue;
        const reply = parseReply(`They said ${words} [^${line.marker}].`, {
          lines: new Map([[line.marker, line]]),
          sourceIndexOf: () => null,
        });
        const cited = reply.parts.find((part) => part.type === 'citation');
        citations++;
        if (cited && Math.abs(cited.startMs - saidAt) <= LIMIT_MS) near++;
      }
    }
  }
  return { citations, within15s: near / citations };
}

function linesOf(library: EvalLibrary, { name }: Meeting): PromptLine[] {
  const { recordingId, transcriptionId } = recordingOf(library, name);
  const run = library.chunks.filter((chunk) => chunk.recordingId === recordingId);
  const shown = [{ recordingId, transcriptionId, heading: name, runs: [run] }];
  return [...scopeContext('as_00000000000000000000000000', [], shown, digest).targets.values()];
}

function* statementsIn({ startMs, text }: Segment): Generator<{ words: string; saidAt: number }> {
  const words = text.split(/\s+/);
  for (let at = 0; at + STATED <= words.length; at += APART)
    yield { words: words.slice(at, at + STATED).join(' '), saidAt: startMs + at * WORD_MS };
}

function isIn(place: number, segments: PromptLine['segments']): boolean {
  return segments !== null && segments.first <= place && place <= segments.last;
}
