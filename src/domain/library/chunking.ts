import type { Owned } from '../access/tenant.ts';
import type { Digest } from '../shared/digest.ts';
import { type ChunkId, idFromBytes, type RecordingId, type TranscriptionId } from '../shared/ids.ts';
import { textInPieces, wordsIn } from '../shared/words.ts';
import type { Chunk } from './chunk.ts';
import type { Segment } from './transcript.ts';

/** Whose transcript is cut, and when its recording was started. */
export interface ChunkOwner extends Owned {
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** ISO 8601; null where unknown. */
  recordedAt: string | null;
}

/**
 * Words at which a chunk is full. Measured with `npm run eval`: at an equal budget of words 180 to 350 found the same
 * share of the gold turns; 250 needs the fewest passages for it.
 */
const FULL_WORDS = 250;
/** A segment that would make a chunk longer than this starts the next one. */
const MOST_WORDS = FULL_WORDS * 1.25;
/** Fewer words than this never stand alone: they say too little to be found by, or to be understood. */
const FEWEST_WORDS = 40;

/**
 * Cuts a transcript into runs of whole segments, and a segment that is too long for a chunk into several. The same
 * transcript always gives the same chunks with the same ids.
 */
export function* chunkTranscript(
  segments: readonly Segment[],
  owner: ChunkOwner,
  digest: Digest,
): Generator<Chunk, undefined> {
  const { projectId, mode, endUserId, recordingId, transcriptionId, recordedAt } = owner;
  let index = 0;
  for (const run of runsOf(segments)) {
    yield {
      id: chunkIdOf(transcriptionId, index, digest),
      projectId,
      mode,
      endUserId,
      recordingId,
      transcriptionId,
      index: index++,
      ...labelLines(run),
      speaker: mainSpeaker(run),
      startMs: Math.min(...run.map((segment) => segment.startMs)),
      endMs: Math.max(...run.map((segment) => segment.endMs)),
      recordedAt,
    };
  }
}

/** The id of the chunk at a place in a transcript. */
export function chunkIdOf(transcriptionId: TranscriptionId, index: number, digest: Digest): ChunkId {
  return idFromBytes('chk', digest(`${transcriptionId}/${index}`));
}

function* runsOf(segments: readonly Segment[]): Generator<Segment[], undefined> {
  let before: Segment[] = [];
  let run: Segment[] = [];
  let words = 0;
  for (const segment of inParts(segments)) {
    const more = wordsIn(segment.text);
    if (words >= FULL_WORDS || (words >= FEWEST_WORDS && words + more > MOST_WORDS)) {
      if (before.length > 0) yield before;
      before = run;
      run = [];
      words = 0;
    }
    run.push(segment);
    words += more;
  }
  const endings = words < FEWEST_WORDS ? [[...before, ...run]] : [before, run];
  yield* endings.filter((ending) => ending.length > 0);
}

/** A part of a long segment has the times of the whole: when its words were said is not known more closely. */
function* inParts(segments: readonly Segment[]): Generator<Segment, undefined> {
  for (const segment of segments) {
    for (const text of textInPieces(segment.text, FULL_WORDS, MOST_WORDS)) yield { ...segment, text };
  }
}

/** `Ana: …` lines, one for each turn of a speaker, or a line a segment where nobody is named; and when each begins. */
function labelLines(run: readonly Segment[]): Pick<Chunk, 'text' | 'lineStartsMs'> {
  const lines: string[] = [];
  const lineStartsMs: number[] = [];
  let speaker: string | null | undefined;
  for (const segment of run) {
    const words = segment.text.replace(/\s+/g, ' ').trim();
    if (speaker !== null && segment.speaker === speaker) lines.push(`${lines.pop()} ${words}`);
    else {
      lines.push(segment.speaker === null ? words : `${segment.speaker.replace(/\s+/g, ' ')}: ${words}`);
      lineStartsMs.push(segment.startMs);
    }
    speaker = segment.speaker;
  }
  return { text: lines.join('\n'), lineStartsMs };
}

function mainSpeaker(run: readonly Segment[]): string | null {
  const words = new Map<string | null, number>();
  for (const { speaker, text } of run) words.set(speaker, (words.get(speaker) ?? 0) + wordsIn(text));
  const [main] = [...words].sort(([, a], [, b]) => b - a);
  return main?.[0] ?? null;
}
